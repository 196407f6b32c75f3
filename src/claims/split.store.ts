import type { PrismaClient } from '../../prisma/client/client.ts'
import { writersMoved } from '../decisions/eyes.ts'
import { notAllowed } from '../decisions/refusal.ts'
import { type Act, type Db, once } from '../history/store.ts'
import { accepted, type Landing, type Outcome, refused } from '../outcome.ts'
import { paths } from '../paths.ts'
import type { SignedIn } from '../web/session.ts'
import type { AttributionForm } from './attribution.ts'
import { editWithin } from './edit.store.ts'
import { lockClaim, staleness } from './locked.store.ts'
import { findShownClaim, type ShownAttribution } from './page.store.ts'
import { inPart, type SplitForm } from './split.ts'
import { recordWithin } from './store.ts'

/**
 * Makes two claims of one that says two things: the claim keeps the first, a new one beside it takes the second, with the same attributions in
 * the same passage. A claim that awaits a second or is decided is not split.
 */
export function splitClaim(
  db: PrismaClient | Db,
  act: Act,
  person: SignedIn,
  ref: string,
  { revision, parts: [first, second] }: SplitForm,
): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    const claim = await lockClaim(tx, ref)
    const no = staleness(claim, revision) ?? notAllowed(claim, person, 'split')
    if (no) return no
    const { attributions, language, occurredOn, place, storyId } = await findShownClaim(tx, ref)
    const own = { language, occurredOn, place }

    const intent = claim.stage === 'draft' ? 'save' : 'submit'
    const copies = attributions.map((attribution) => ({ ...formOf(attribution), id: null }))
    const recorded = { ...own, ...second, attributions: copies, intent, story: storyId } as const
    const written = attributions.map(({ addedBy, editedBy }) => ({ addedById: addedBy.id, editedBy }))
    const wordsBy = writersMoved({ ...claim, wordsBy: [claim.authorId, ...claim.wordsBy] }, written)
    const made = await recordWithin(tx, act, person, recorded, { wordsBy, attributions: written })
    if (made.kind === 'refused') return refused(inPart(1, made.problems))
    const other = made.value.claim.ref

    const reason = `Split in two: ${other} takes the other part.`
    const kept = attributions.map(formOf)
    const edited = await editWithin(tx, act, person, ref, {
      ...own,
      ...first,
      attributions: kept,
      intent: 'save',
      revision,
      reason,
    })
    if (edited.kind === 'refused') return refused(inPart(0, edited.problems), edited.cause)
    return accepted({
      path: paths.claim(ref),
      flash: {
        text: `${ref} is split: ${other} takes the other part, with the same attributions.${edited.value.notice}`,
        links: [{ text: other, href: paths.claim(other) }],
      },
    })
  })
}

/** An attribution as its form would send it, its source and its parties by their numbers. */
function formOf(attribution: ShownAttribution): AttributionForm {
  const { source, speaker, relays } = attribution
  return {
    id: attribution.id,
    captureId: attribution.captureId,
    // What is not in its text stays so; nothing is asked.
    place: attribution.captureId === null ? null : `${attribution.captureId}:${attribution.start ?? ''}`,
    source: `#${source.id}`,
    naming: attribution.naming,
    position: attribution.position,
    speaker: speaker && `#${speaker.id}`,
    speakerKind: null,
    speakerChoice: null,
    speakerAsPrinted: attribution.speakerAsPrinted,
    relays: relays.map(({ party, printed }) => ({
      party: `#${party.id}`,
      newKind: null,
      choice: null,
      inferred: !printed,
    })),
    cue: attribution.cue,
    hedges: attribution.hedges,
    occasion: attribution.occasion,
    speech: attribution.speech,
    passage: attribution.passage,
    quote: attribution.quote,
    originalWords: attribution.originalWords,
    originalLanguage: attribution.originalLanguage,
    saidOn: attribution.saidOn,
    terms: attribution.terms,
  }
}
