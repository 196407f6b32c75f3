import { parseArgs } from 'node:util'
import { ConfigFault, readConfig } from '../config.ts'
import { openForReading } from '../database/connect.ts'
import { StartFault } from '../database/fault.ts'
import { type Verified, verifyHistory } from '../history/verify.store.ts'

const USAGE =
  'npm run verify-history        holds every row against its history, and every captured text and seal against its digest'

try {
  parseArgs({ options: {} })
  await verify()
} catch (fault) {
  if (fault instanceof ConfigFault || fault instanceof StartFault) say(fault.message, 1)
  else if (fault instanceof TypeError && 'code' in fault) say(`${fault.message.split('. ')[0]}.\n\n${USAGE}`, 2)
  else throw fault
}

async function verify(): Promise<void> {
  const database = await openForReading(readConfig(process.env))
  try {
    const verified = await verifyHistory(database.exports)
    for (const { whose, sentence } of verified.faults) say(`${whose}: ${sentence}`, 1)
    if (verified.unnamed) say(`And ${count(verified.unnamed, 'more that does', 'more that do')} not hold.`, 1)
    console.log(summary(verified))
  } finally {
    await database.close()
  }
}

function summary(verified: Verified): string {
  const { chains, events, redacted, captures, decisions, uncovered, unsealed, faults, unnamed } = verified
  const read = `${count(events, 'event')} in ${count(chains, 'chain')}, ${count(decisions, 'decision')} and ${count(captures, 'captured text')} were read`
  const openly = redacted ? `, ${redacted.toLocaleString('en')} of the events redacted` : ''
  const found = faults.length + unnamed
  const older = [
    uncovered &&
      `${count(uncovered, 'row was', 'rows were')} last changed before a digest of what they were was kept: only what their history names was held against it.`,
    unsealed &&
      `${count(unsealed, 'decision was', 'decisions were')} made before a digest of the seal was kept: the seal was not covered.`,
  ].filter(Boolean)
  return [
    `${read}${openly}: ${found ? `${count(found, 'does', 'do')} not hold.` : 'everything holds.'}`,
    ...older,
  ].join('\n')
}

function count(number: number, one: string, several = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : several}`
}

function say(sentence: string, exitCode: number): void {
  console.error(sentence)
  process.exitCode = exitCode
}
