import type { PrismaClient } from '../../prisma/client/client.ts'
import { lockClaim, saveClaim, staleness } from '../claims/locked.store.ts'
import { NotFound } from '../errors.ts'
import { type Act, type Db, once } from '../history/store.ts'
import { accepted, type Landing, type Outcome, type Problem, refused } from '../outcome.ts'
import { paths } from '../paths.ts'
import type { SignedIn } from '../web/session.ts'
import type { FindingForm } from './forms.ts'
import { notAllowed } from './refusal.ts'
import { changedSince, saidByAnotherSince } from './since.store.ts'

/**
 * Records what was found on one attribution: whether it was said. It may be recorded at any time and makes no other form stale; after a
 * decision the claim shows that something is new. Refused where its speaker or source became another since the form was opened.
 */
export function recordFinding(
  db: PrismaClient | Db,
  act: Act,
  person: Pick<SignedIn, 'id' | 'role'>,
  ref: string,
  attributionId: number,
  form: FindingForm,
): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    const claim = await lockClaim(tx, ref)
    const was = await tx.attribution.findFirst({
      where: { id: attributionId, claimId: claim.id },
      select: { naming: true, speakerId: true, sourceId: true, wordsFound: true, ...told },
    })
    if (!was) throw new NotFound(`${ref} has no such attribution.`)
    const stale =
      staleness(claim, form.revision) ??
      (await changedSince(tx, claim.id, form.revision, 'finding', attributionId)) ??
      (await saidByAnotherSince(tx, claim.id, form.revision, was))
    if (stale) return stale
    const no = notAllowed(claim, person, 'record_finding')
    if (no) return no
    const problems = findingProblems(form, was)
    if (problems.length) return refused(problems)

    const at = claim.lockedAt
    const { naming: _, speakerId: _speaker, sourceId, wordsFound, ...before } = was
    const after = {
      finding: form.finding,
      findingNote: form.findingNote,
      findingUrl: form.findingUrl,
      originalWords: form.originalWords ?? was.originalWords,
      originalLanguage: form.originalLanguage ?? was.originalLanguage,
    }
    const isKnown = form.finding !== 'unchecked'
    await tx.attribution.update({
      where: { id: attributionId },
      data: {
        ...after,
        wordsFound: after.originalWords === was.originalWords ? wordsFound : true,
        foundById: isKnown ? person.id : null,
        foundAt: isKnown ? at : null,
        ...NO_FORMER_FINDING,
      },
      select: { id: true },
    })
    const isNewSince = claim.stage === 'decided' && claim.cameIn === 'nothing'
    await saveClaim(
      tx,
      act,
      claim,
      {
        action: 'finding recorded',
        before: { finding: { id: attributionId, sourceId, ...before } },
        after: { finding: { id: attributionId, sourceId, ...after } },
        isMove: false,
        data: isNewSince ? { cameIn: 'addition' } : {},
      },
      at,
    )
    return accepted({
      path: `${paths.claim(ref)}#attribution-${attributionId}`,
      flash: { text: 'The finding is recorded.' },
    })
  })
}

/** Checked again, an attribution has no finding left to be checked again. */
const NO_FORMER_FINDING = { formerFinding: null, formerFoundById: null, formerFoundAt: null, findingResetAt: null }

const told = {
  finding: true,
  findingNote: true,
  findingUrl: true,
  originalWords: true,
  originalLanguage: true,
} as const

function findingProblems(form: FindingForm, was: { naming: string; originalWords: string | null }): Problem[] {
  const problems: Problem[] = []
  const say = (field: string, message: string) => problems.push({ field, message })
  if (was.naming === 'own_voice')
    say('finding', 'The publication’s own voice needs no finding: the text held shows that it was printed.')
  if (form.finding === 'altered' && !form.originalWords && !was.originalWords)
    say('originalWords', 'Give the original words, so that both stand side by side.')
  if (form.finding === 'confirmed_primary' && !form.findingUrl && !form.findingNote)
    say('findingUrl', 'Say where the original statement was seen: its address, or in the note.')
  if (form.finding === 'misattributed' && !form.findingNote)
    say('findingNote', 'Say in the note who said it instead, or why the speaker cannot have.')
  return problems
}
