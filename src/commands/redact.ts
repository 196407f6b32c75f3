import { randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import type { PrismaClient } from '../../prisma/client/client.ts'
import { RedactionGround } from '../../prisma/client/enums.ts'
import { mailboxOf } from '../accounts/mailbox.ts'
import { ConfigFault, readConfig } from '../config.ts'
import { openDatabase } from '../database/connect.ts'
import { StartFault } from '../database/fault.ts'
import { Conflict, Forbidden, NotFound, noClaim } from '../errors.ts'
import type { Landing, Outcome } from '../outcome.ts'
import { continueRedactions } from '../redactions/everywhere.store.ts'
import { type RedactionForm, redactionForm, redactionProblems } from '../redactions/form.ts'
import { type Preview, previewOf, soughtBy } from '../redactions/preview.store.ts'
import { answerProposal, redact } from '../redactions/store.ts'
import { targetIn } from '../redactions/target.store.ts'
import { normalised } from '../text.ts'

const USAGE = `npm run redact -- --by mo@example.org --ground court_order …     as the admin of this address, what one of these names:
  --claim KZ-12 --revision 7       what revision 7 changed
  --decision KZ-12 --revision 7    the sealed copy and the reasons of the decision of revision 7
  --text 5                         the words on standard input, wherever they stand in text 5 of a source; with --everywhere, in their copies too, once
                                   the numbers of these are confirmed with the --confirm that is then said
  --text 5 --whole                 all of text 5
  --second 3                       seconds proposal 3
Grounds: ${Object.values(RedactionGround).join(', ')}; --note says which law, whose order, what else.`

const OPTIONS = {
  by: { type: 'string' },
  ground: { type: 'string' },
  note: { type: 'string' },
  claim: { type: 'string' },
  decision: { type: 'string' },
  revision: { type: 'string' },
  text: { type: 'string' },
  whole: { type: 'boolean' },
  everywhere: { type: 'boolean' },
  second: { type: 'string' },
  confirm: { type: 'string' },
} as const

type Asked = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values']

try {
  const { values } = parseArgs({ options: OPTIONS })
  const one = [values.claim, values.decision, values.text, values.second].filter((given) => given !== undefined)
  if (!values.by || one.length !== 1) say(USAGE, 2)
  else await run(values, values.by)
} catch (fault) {
  if (fault instanceof ConfigFault || fault instanceof StartFault || isAnswer(fault)) say(fault.message, 1)
  else if (fault instanceof TypeError && 'code' in fault) say(`${fault.message.split('. ')[0]}.\n\n${USAGE}`, 2)
  else throw fault
}

function isAnswer(fault: unknown): fault is Error {
  return fault instanceof NotFound || fault instanceof Forbidden || fault instanceof Conflict
}

async function run(asked: Asked, by: string): Promise<void> {
  const database = await openDatabase(readConfig(process.env))
  try {
    const outcome = await carriedOut(database.db, asked, by)
    if (outcome.kind === 'refused') say(outcome.problems.map(({ message }) => message).join('\n'), 1)
    else {
      while (await continueRedactions(database.db));
      console.log(outcome.value.flash?.text ?? 'It is done.')
    }
  } finally {
    await database.close()
  }
}

async function carriedOut(db: PrismaClient, asked: Asked, by: string): Promise<Outcome<Landing>> {
  const admin = await db.account.findUnique({ where: { email: mailboxOf(by) ?? '' }, select: { id: true, role: true } })
  if (admin?.role !== 'admin') throw new NotFound(`There is no admin with the address ${by}.`)
  const act = { actorId: admin.id, requestId: randomUUID(), digest: randomUUID() }
  if (asked.second)
    return answerProposal(db, act, Number(asked.second), { answer: 'second', words: null, previewed: null })
  const read = redactionForm.safeParse(await fieldsOf(db, asked))
  const problems = read.success ? redactionProblems(read.data) : read.error.issues
  if (!read.success || problems.length) throw new NotFound(problems.map(({ message }) => message).join('\n'))
  const target = await targetIn(db, read.data)
  if (target.kind === 'refused') return target
  const sought = await soughtBy(db, target.value, read.data)
  const preview = await previewOf(db, target.value, sought, { everywhere: read.data.everywhere, look: false })
  if (preview.everywhere && asked.confirm !== preview.code) throw new Conflict(toConfirm(preview))
  return redact(db, act, read.data)
}

function toConfirm({ standing, code }: Preview): string {
  const counts = (standing?.counts ?? []).map(
    ({ count, words, how }) => `${count} ${words}${how === 'edit' ? ' (to be edited)' : ''}`,
  )
  return `The words stand elsewhere in: ${counts.join(', ') || 'nothing'}${standing?.isWhole === false ? ', and more' : ''}.\nTo redact, give --confirm ${code}`
}

async function fieldsOf(db: PrismaClient, asked: Asked): Promise<Record<keyof RedactionForm, string>> {
  const revision = Number(asked.revision)
  const ref = asked.claim ?? asked.decision
  const claim = ref ? await db.claim.findUnique({ where: { ref }, select: { id: true } }) : null
  if (ref && !claim) throw noClaim(ref)
  const where = { revision: Number.isInteger(revision) ? revision : 0 }
  const event =
    claim && asked.claim
      ? await db.event.findFirst({ where: { ...where, subject: 'claim', subjectId: claim.id }, select: { id: true } })
      : null
  const decision =
    claim && asked.decision
      ? await db.decision.findFirst({ where: { ...where, claimId: claim.id }, select: { id: true } })
      : null
  if (ref && !event && !decision) throw new NotFound(`${ref} has no such revision. Give it with --revision.`)
  return {
    event: String(event?.id ?? ''),
    decision: String(decision?.id ?? ''),
    capture: asked.text ?? '',
    words: asked.text && !asked.whole ? normalised(await text(process.stdin)).trim() : '',
    insideWords: '',
    previewed: '',
    whole: asked.whole ? 'yes' : '',
    everywhere: asked.everywhere || asked.whole ? 'yes' : '',
    ground: asked.ground ?? '',
    groundNote: asked.note ?? '',
    intent: 'redact',
  }
}

function say(sentence: string, exitCode: number): void {
  console.error(sentence)
  process.exitCode = exitCode
}
