import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { seedDemonstration } from '../../seeds/index.ts'
import { CAST, type Cast, emailOf, NAMES, type Name } from '../../seeds/people.ts'
import { inviteAgain } from '../accounts/invitation.store.ts'
import { hashPassword } from '../accounts/password.ts'
import { weaknessOf } from '../accounts/weakness.ts'
import { ConfigFault, readConfig } from '../config.ts'
import { openDatabase } from '../database/connect.ts'
import { StartFault } from '../database/fault.ts'
import { paths } from '../paths.ts'
import { word } from '../words.ts'

const USAGE = `npm run seed                            fills an empty desk with the demonstration, and prints one-time links
npm run seed -- --password "words …"    the same, and gives everybody of the cast this password`
const LINKS = 'Each link sets one person’s password, once, within 72 hours:'

const asked = readArguments()
if (asked)
  try {
    await seed(asked.password)
  } catch (fault) {
    if (!(fault instanceof ConfigFault || fault instanceof StartFault)) throw fault
    say(fault.message, 1)
  }

function readArguments(): { password?: string } | null {
  try {
    return parseArgs({ options: { password: { type: 'string' } } }).values
  } catch (fault) {
    if (!(fault instanceof Error)) throw fault
    say(`${fault.message.split('. ')[0]}.\n\n${USAGE}`, 2)
    return null
  }
}

function say(sentence: string, exitCode: number): void {
  console.error(sentence)
  process.exitCode = exitCode
}

async function seed(password: string | undefined): Promise<void> {
  const weakness = password === undefined ? null : await weaknessForAny(password)
  if (weakness) return say(`--password: ${weakness} Nothing was changed.`, 2)
  const config = readConfig(process.env)
  const database = await openDatabase(config)
  try {
    const outcome = await seedDemonstration(database.db, password === undefined ? {} : await hashesOf(password))
    if (outcome.kind === 'refused') return say(outcome.problems.map(({ message }) => message).join('\n'), 1)
    const cast = outcome.value
    console.log('The demonstration is on the desk: the story KZ, “Unrest in Kazakhstan, January 2022”.')
    console.log(
      password === undefined ? LINKS : `Sign in at ${config.publicUrl}${paths.signIn()} with the password you gave.`,
    )
    for (const name of NAMES) {
      const { name: fullName, role, email } = cast[name]
      console.log(
        `  ${fullName.padEnd(16)} ${word('role', role).padEnd(9)} ${email.padEnd(16)} ${await wayIn(name, cast)}`.trimEnd(),
      )
    }
  } finally {
    await database.close()
  }

  /** What somebody needs for signing in beyond the password that was given: a link, or nothing. */
  async function wayIn(name: Name, cast: Cast): Promise<string> {
    const { id, canSignIn, isNew } = cast[name]
    if (canSignIn) return isNew ? '' : 'was here before, with a password of their own'
    const act = { actorId: cast.mo.id, requestId: randomUUID(), digest: randomUUID() }
    const outcome = await inviteAgain(database.db, act, id)
    if (outcome.kind === 'refused') return outcome.problems.map(({ message }) => message).join(' ')
    const token = outcome.value.made?.token ?? ''
    return new URL(paths.invitation(token), config.publicUrl).href
  }
}

/** A password that one of the cast could not have by the rules for everybody. */
async function weaknessForAny(password: string): Promise<string | null> {
  for (const name of NAMES) {
    const weakness = await weaknessOf(password, [CAST[name].name, emailOf(name)])
    if (weakness) return weakness
  }
  return null
}

async function hashesOf(password: string): Promise<Record<Name, string>> {
  const hashes = await Promise.all(NAMES.map(async (name) => [name, await hashPassword(password)]))
  return Object.fromEntries(hashes)
}
