import { claimProblems, newClaimForm } from '../src/claims/claim.ts'
import { recordClaim } from '../src/claims/store.ts'
import { addParty } from '../src/parties/edit.store.ts'
import { newPartyForm } from '../src/parties/form.ts'
import { newQuestionForm } from '../src/questions/form.ts'
import { addQuestion } from '../src/questions/store.ts'
import { newSourceForm } from '../src/sources/form.ts'
import { addSource } from '../src/sources/store.ts'
import { newStoryForm } from '../src/stories/form.ts'
import { createStory } from '../src/stories/store.ts'
import { actBy, type Documented, done, filledIn, type Stage } from './act.ts'
import { CLAIMS } from './claims/all.ts'
import type { AttributionSeed, ClaimSeed } from './claims/claim.ts'
import { PARTIES, type PartySeed } from './parties.ts'
import { QUESTIONS, type QuestionKey } from './questions.ts'
import { addressOf, SOURCE_NOTE, SOURCES, type SourceKey, type SourceSeed } from './sources.ts'
import { STORY } from './stories.ts'

/** Makes the story; Mo runs the desk. */
export async function recordStory(stage: Stage): Promise<void> {
  const form = filledIn(newStoryForm, STORY)
  done(await createStory(stage.tx, actBy(stage, 'mo', form), form), STORY.title)
}

/** Adds the parties. */
export async function recordParties(stage: Stage): Promise<void> {
  for (const party of PARTIES) {
    const form = filledIn(newPartyForm, partyFields(party))
    done(await addParty(stage.tx, actBy(stage, 'ada', form), form), party.name)
  }
}

function partyFields({ aliases = [], roles = [], ...party }: PartySeed) {
  return { ...party, aliases: aliases.join('\n'), roles: [...roles] }
}

/** Adds the documents with their texts; answers their ids. */
export async function recordSources(stage: Stage): Promise<Documented['sources']> {
  const ids: Partial<Documented['sources']> = {}
  for (const key of Object.keys(SOURCES) as SourceKey[]) {
    const source: SourceSeed = SOURCES[key]
    const form = filledIn(newSourceForm, { ...sourceFields(source), url: addressOf(key) })
    const { path } = done(await addSource(stage.tx, actBy(stage, source.by, form), form), source.title)
    ids[key] = Number(path.split('/').at(-1))
  }
  return ids as Documented['sources']
}

function sourceFields(seed: SourceSeed) {
  const { by: _, path: __, publisherInferred, publishedOnInferred, isPrivate, ...source } = seed
  const ticked = (isSo = false) => (isSo ? 'yes' : '')
  return {
    language: 'en',
    ...source,
    publisherInferred: ticked(publisherInferred),
    publishedOnInferred: ticked(publishedOnInferred),
    isPrivate: ticked(isPrivate),
    notes: SOURCE_NOTE,
  }
}

/** Puts the questions that figures hang on; answers their ids. */
export async function putQuestions(stage: Stage): Promise<Documented['questions']> {
  const ids: Partial<Documented['questions']> = {}
  for (const [key, question] of Object.entries(QUESTIONS)) {
    const form = filledIn(newQuestionForm, question)
    const { path } = done(await addQuestion(stage.tx, actBy(stage, 'eve', form), STORY.code, form), question.wording)
    ids[key as QuestionKey] = Number(path.split('/').at(-1))
  }
  return ids as Documented['questions']
}

/** Records the claims with their attributions; answers each one's reference. */
export async function recordClaims(stage: Documented): Promise<Map<string, string>> {
  const story = await stage.tx.story.findUniqueOrThrow({ where: { code: STORY.code }, select: { id: true } })
  const refs = new Map<string, string>()
  for (const claim of CLAIMS) {
    const fields = { ...claimFields(stage, claim), story: String(story.id), intent: claim.isDraft ? 'save' : 'submit' }
    const form = filledIn(newClaimForm, fields)
    const [problem] = claimProblems(form)
    if (problem) throw new Error(`${claim.key}: ${problem.field}: ${problem.message}`)
    const act = actBy(stage, claim.by, form)
    const { path } = done(await recordClaim(stage.tx, act, stage.cast[claim.by], form), claim.key)
    refs.set(claim.key, new URL(path, 'https://example.org').pathname.split('/').at(-1) ?? '')
  }
  return refs
}

/** What a claim's form holds; `ids` are those of its attributions where they are there already. */
export function claimFields(stage: Documented, { words, said }: ClaimSeed, ids: readonly number[] = []) {
  const { question, ...own } = words
  return {
    ...own,
    ...(question ? { question: { wording: `#${stage.questions[question]}` } } : {}),
    attributions: said.map((attribution, index) => attributionFields(stage, attribution, ids[index])),
  }
}

function attributionFields({ sources }: Documented, { source, relays = [], ...said }: AttributionSeed, id?: number) {
  return {
    position: 'asserts',
    ...said,
    ...(id ? { id: String(id) } : {}),
    source: `#${sources[source]}`,
    relays: [...relays],
  }
}
