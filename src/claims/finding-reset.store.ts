import { Prisma } from '../../prisma/client/client.ts'
import type { Finding, Terms } from '../../prisma/client/enums.ts'
import { rows } from '../database/rows.ts'
import type { Db } from '../history/store.ts'

/** What was found on an attribution, by whom and when, as its history keeps it. */
export type RecordedFinding = {
  id: number
  claimId: number
  ordinal: number
  sourceId: number
  terms: Terms | null
  finding: Finding
  findingNote: string | null
  findingUrl: string | null
  originalWords: string | null
  originalLanguage: string | null
  /** Whether the original words came with the finding, and go with it. */
  wordsFound: boolean
  foundById: number
  foundBy: string
  foundAt: Date
}

/** Whose findings: those on a claim, on what a source prints, or on what a party says or was confirmed through it as a relay. */
export type Findings = { claimId: number } | { partyId: number } | { sourceId: number }

/** Findings on attributions, claim by claim and in their order; attributions that are not checked yet have none. */
export async function findingsOn(db: Db, of: Findings): Promise<RecordedFinding[]> {
  return rows<RecordedFinding>(
    db,
    Prisma.sql`
    select a.id, a.claim_id as "claimId", a.ordinal, a.source_id as "sourceId", a.terms::text as terms, a.finding::text as finding, a.finding_note as "findingNote",
      a.finding_url as "findingUrl", a.original_words as "originalWords", a.original_language as "originalLanguage",
      a.words_found as "wordsFound", a.found_by_id as "foundById", account.name as "foundBy", a.found_at as "foundAt"
    from attribution a join account on account.id = a.found_by_id
    where ${isOf(of)} and a.finding <> 'unchecked' order by a.claim_id, a.ordinal`,
  )
}

function isOf(of: Findings): Prisma.Sql {
  if ('claimId' in of) return Prisma.sql`a.claim_id = ${of.claimId}`
  if ('sourceId' in of) return Prisma.sql`a.source_id = ${of.sourceId}`
  return Prisma.sql`(a.speaker_id = ${of.partyId} or (a.finding = 'confirmed_relayed' and a.id in (
    select attribution_id from relay where party_id = ${of.partyId})))`
}

/**
 * Takes findings back to unchecked, as what they are about has changed: who found what is kept as the former finding, and the original words that
 * came with it go, except on the attributions of `rewordedIds`, which were just given others.
 */
export async function resetFindings(
  tx: Db,
  ids: readonly number[],
  at: Date,
  rewordedIds: readonly number[] = [],
): Promise<void> {
  if (!ids.length) return
  // Former columns are set from present ones, which Prisma cannot say.
  await rows(
    tx,
    Prisma.sql`
    update attribution set former_finding = finding, former_found_by_id = found_by_id, former_found_at = found_at, finding_reset_at = ${at},
      finding = 'unchecked', finding_note = null, finding_url = null, found_by_id = null, found_at = null,
      original_words = case when words_found and id <> all(${rewordedIds}::int[]) then null else original_words end,
      original_language = case when words_found and id <> all(${rewordedIds}::int[]) then null else original_language end,
      words_found = false
    where id = any(${ids}::int[]) and finding <> 'unchecked'`,
  )
}

/** What an event tells of findings that were taken back: as they were, and as they are. */
export function resetToTell(findings: readonly RecordedFinding[]): { before: object; after: object } {
  return {
    before: {
      findings: findings.map(
        ({ id, sourceId, terms, finding, findingNote, findingUrl, foundById, foundAt, ...held }) => {
          const words = held.wordsFound
            ? { originalWords: held.originalWords, originalLanguage: held.originalLanguage }
            : {}
          return { id, sourceId, terms, finding, findingNote, findingUrl, ...words, foundById, foundAt }
        },
      ),
    },
    after: { findings: findings.map(({ id, sourceId, terms }) => ({ id, sourceId, terms, finding: 'unchecked' })) },
  }
}
