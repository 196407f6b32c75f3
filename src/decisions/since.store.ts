import type { Db } from '../history/store.ts'
import { type Refused, refused } from '../outcome.ts'

/** The refusal of a ruling on a locked claim that names a party or a source which was changed since the form's revision; null when none was. */
export async function namesChangedSince(
  tx: Db,
  { id, revision: now }: { id: number; revision: number },
  revision: number,
): Promise<Refused | null> {
  if (revision >= now) return null
  const changed = await tx.event.findFirst({
    where: {
      subject: 'claim',
      subjectId: id,
      revision: { gt: revision },
      action: { in: ['party changed', 'source changed'] },
    },
    select: { id: true },
  })
  return changed && refused({ field: '', message: RENAMED }, 'stale')
}

const RENAMED =
  'A party or a source that this claim names was changed while you were working on it. Nothing was saved; what you typed is kept below. Look at it as it is now, and send it again.'

/**
 * The refusal of a finding on an attribution whose speaker or source was changed since the form's revision, so that another was looked at; null when
 * neither was.
 */
export async function saidByAnotherSince(
  tx: Db,
  claimId: number,
  revision: number,
  { speakerId, sourceId }: { speakerId: number | null; sourceId: number },
): Promise<Refused | null> {
  // Prisma cannot look into json that is kept as it was written.
  const found = await tx.$queryRaw<unknown[]>`
    select 1 from event e join event_body b on b.event_id = e.id
    where e.subject = 'claim' and e.subject_id = ${claimId} and e.revision > ${revision}
      and ((b.before -> 'party' ->> 'partyId')::int = ${speakerId} or (b.before -> 'source' ->> 'sourceId')::int = ${sourceId})
    limit 1`
  return found.length ? refused({ field: '', message: RENAMED }, 'stale') : null
}

/**
 * The refusal of a change to one part of a locked claim that somebody else has changed since the form's revision; null when nobody has.
 * `part` is the name under which the claim's events keep it, with its id.
 */
export async function changedSince(
  tx: Db,
  claimId: number,
  revision: number,
  part: 'finding' | 'evidence',
  id: number,
): Promise<Refused | null> {
  // Prisma cannot look into json that is kept as it was written.
  const found = await tx.$queryRaw<unknown[]>`
    select 1 from event e join event_body b on b.event_id = e.id
    where e.subject = 'claim' and e.subject_id = ${claimId} and e.revision > ${revision}
      and (b.before -> ${part} ->> 'id')::int = ${id}
    limit 1`
  if (!found.length) return null
  return refused(
    {
      field: '',
      message: 'Somebody changed this while you were working on it. Nothing was saved; what you typed is kept below.',
    },
    'stale',
  )
}
