import type { Db } from '../history/store.ts'
import type { Problem } from '../outcome.ts'
import { resolveParty, suggestParties } from '../parties/store.ts'
import { may } from '../policy.ts'
import { SHOWN_TO_ALL } from '../privacy/withheld.ts'
import { sourceLabel } from '../sources/label.ts'
import { storyChoices } from '../stories/store.ts'
import type { SignedIn } from '../web/session.ts'
import type { Filter } from './filter.ts'
import type { ResolvedFilter } from './list.store.ts'

/** What a filter's ids are called, for its chips. */
export type Names = { speaker: string | null; source: string | null; assignee: string | null; question: string | null }

export type Resolution = { filter: ResolvedFilter; names: Names; problems: Problem[] }

type Person = Pick<SignedIn, 'id' | 'role'>

/** Looks up the ids and names that a filter gives, as this person may know them; what is not there is said in a sentence. */
export async function resolveFilter(db: Db, person: Person, filter: Filter): Promise<Resolution> {
  const { story, speaker, source, assignee, ...rest } = filter
  const [ofStory, ofSpeaker, ofSource, ofAssignee, ofQuestion] = [
    await storyNamed(db, story),
    await speakersNamed(db, person, speaker),
    await sourceNumbered(db, person, source),
    await assigneeNamed(db, person, assignee),
    await questionNumbered(db, filter.question),
  ]
  return {
    filter: {
      ...rest,
      maySeePrivate: may(person.role, 'seePrivateSources'),
      source,
      ...ofStory.filter,
      ...ofSpeaker.filter,
      ...ofAssignee.filter,
    },
    names: { speaker: ofSpeaker.name, source: ofSource.name, assignee: ofAssignee.name, question: ofQuestion.name },
    problems: [ofStory, ofSpeaker, ofSource, ofAssignee, ofQuestion].flatMap(({ problem }) => problem ?? []),
  }
}

async function storyNamed(db: Db, code: string | null) {
  const known = code && (await storyChoices(db)).find((story) => story.code === code)
  const story = known || (code ? await db.story.findUnique({ where: { code }, select: { id: true } }) : null)
  const problem = code && !story ? { field: 'story', message: 'Choose a story of the list.' } : null
  return { filter: { storyId: story?.id ?? null }, problem }
}

async function speakersNamed(db: Db, person: Person, speaker: Filter['speaker']) {
  const maySeePrivate = may(person.role, 'seePrivateSources')
  if (speaker === null) return { filter: { speakerIds: null }, name: null, problem: null }
  const typed = typeof speaker === 'number' ? `#${speaker}` : speaker
  const resolved = await resolveParty(db, typed, maySeePrivate)
  if (resolved.kind === 'found')
    return { filter: { speakerIds: [resolved.party.id] }, name: resolved.party.name, problem: null }
  if (resolved.kind === 'ambiguous')
    return { filter: { speakerIds: resolved.parties.map(({ id }) => id) }, name: typed, problem: null }
  const near = typeof speaker === 'number' ? [] : await suggestParties(db, speaker, 3, maySeePrivate)
  const hint = near.length
    ? `Did you mean ${near.map(({ value }) => `“${value}”`).join(', ')}?`
    : 'Try another spelling.'
  const problem = { field: 'speaker', message: `Nobody is recorded under “${typed}”. ${hint}` }
  return { filter: { speakerIds: null }, name: null, problem }
}

async function sourceNumbered(db: Db, person: Person, id: number | null) {
  if (id === null) return { name: null, problem: null }
  const seen = may(person.role, 'seePrivateSources') ? {} : SHOWN_TO_ALL
  const source = await db.source.findUnique({
    where: { id, ...seen },
    select: { kind: true, title: true, url: true, isPrivate: true },
  })
  if (source) return { name: sourceLabel(source, true), problem: null }
  return { name: null, problem: { field: 'source', message: 'There is no source with this number.' } }
}

async function assigneeNamed(db: Db, person: Person, assignee: Filter['assignee']) {
  if (typeof assignee !== 'number')
    return { filter: { assignee: assignee === 'me' ? person.id : assignee }, name: null, problem: null }
  const account = await db.account.findUnique({ where: { id: assignee }, select: { name: true } })
  const problem = account ? null : { field: 'assignee', message: 'Choose somebody of the list.' }
  return { filter: { assignee }, name: account?.name ?? null, problem }
}

async function questionNumbered(db: Db, id: number | null) {
  const question = id === null ? null : await db.question.findUnique({ where: { id }, select: { wording: true } })
  const problem =
    id !== null && !question ? { field: 'question', message: 'There is no question with this number.' } : null
  return { name: question?.wording ?? null, problem }
}
