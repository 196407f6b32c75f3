import { type Request, type Response, Router } from 'express'
import type { PrismaClient } from '../../prisma/client/client.ts'
import { peopleWho, WORKING } from '../accounts/store.ts'
import { headlineOf } from '../decisions/headline.ts'
import { speakerInWords, unnamedInWords } from '../parties/speaker.ts'
import { paths } from '../paths.ts'
import { may } from '../policy.ts'
import { printedDateInWords } from '../printed-date.ts'
import { coverOf, descriptionOf, type Withheld } from '../privacy/withheld.ts'
import { labelOf } from '../sources/label.ts'
import { storyChoices } from '../stories/store.ts'
import { allTags } from '../tags/store.ts'
import { filtersOf } from '../views/form.ts'
import { viewsOf } from '../views/store.ts'
import { guard, personOf } from '../web/guard.ts'
import { page } from '../web/page.ts'
import { choices, word } from '../words.ts'
import { claimsInWords } from './count.ts'
import { type Names, resolveFilter } from './filter.store.ts'
import { cursorOf, FILTERS, type FilterName, type Given, type ReadFilter, readFilter, type Sort } from './filter.ts'
import { countClaims, type Listed, type ListPage, listClaims, NO_FILTER } from './list.store.ts'

/** The list of claims. */
export function claimListRoutes(db: PrismaClient): Router {
  const router = Router()

  router.get('/claims', guard('read'), (req, res) => showList(req, res, db, readFilter(req.query)))

  return router
}

const NO_CLAIMS: ListPage = { claims: [], previous: null, next: null, isFirst: true }

async function showList(req: Request, res: Response, db: PrismaClient, read: ReadFilter): Promise<void> {
  const person = personOf(req)
  const { given, sort, place } = read
  const { filter, names, problems: unknown } = await resolveFilter(db, person, read.filter)
  const problems = [...read.problems, ...unknown]
  const isRefused = problems.some(({ field }) => field !== '')
  const [list, choices, views] = await Promise.all([
    isRefused ? NO_CLAIMS : listClaims(db, filter, sort, place),
    choicesOf(db),
    viewsOf(db, 'claims', person.id),
  ])
  const isWhole = !list.next && !place
  const count = isWhole ? list.claims.length : await countClaims(db, filter)
  const isFiltered = FILTERS.some((name) => given[name])
  const hidden = isFiltered && !isRefused && count === 0 ? await countClaims(db, NO_FILTER) : 0
  const maySeePrivate = may(person.role, 'seePrivateSources')
  const values = {
    title: 'Claims',
    problems,
    given,
    sort,
    isFiltered,
    isRefused,
    rows: list.claims.map((claim) => lineOf(claim, maySeePrivate)),
    count: claimsInWords(count),
    hidden: hidden && claimsInWords(hidden),
    chips: chipsOf(given, names),
    heads: headsOf(given, sort),
    pages: pagesOf(given, list),
    clear: paths.claims({ sort: given.sort }),
    csv: paths.claimsCsv(given),
    choices,
    views,
    query: filtersOf('claims', new URLSearchParams(given).toString()),
  }
  await page(req, res, 'claims/index', values, problems.length ? 422 : 200)
}

async function choicesOf(db: PrismaClient) {
  const [people, stories, tags] = await Promise.all([peopleWho(db, WORKING), storyChoices(db), allTags(db)])
  return {
    story: stories,
    stage: choices('stage'),
    verdict: choices('verdict'),
    tag: tags.map((tag) => ({ value: tag, label: tag })),
    assignee: [
      { value: 'me', label: 'Me' },
      { value: 'none', label: 'Nobody' },
      ...people.map(({ id, name }) => ({ value: String(id), label: name })),
    ],
    sort: Object.entries(SORT_WORDS).map(([value, label]) => ({ value, label })),
  }
}

const SORT_WORDS = {
  '-updated': 'Changed last',
  updated: 'Changed longest ago',
  '-created': 'Recorded last',
  created: 'Recorded first',
  '-about': 'About the latest time',
  ref: 'Reference',
} as const satisfies Record<Sort, string>

function lineOf(claim: Listed, maySeePrivate: boolean) {
  const { sourceKind, speaker, speakerAsPrinted, naming, occurredOn } = claim
  const sourceId = claim.sourceId ?? 0
  const withheld = maySeePrivate ? null : withheldOfLine(claim)
  const cover = coverOf({ sourceId, terms: claim.terms }, withheld)
  const source = sourceKind && {
    kind: sourceKind,
    title: claim.sourceTitle,
    url: claim.sourceUrl,
    isPrivate: claim.sourceIsPrivate,
  }
  const printed = cover.words ? null : speakerAsPrinted
  const named = naming && { ...claim, naming }
  return {
    ref: claim.ref,
    value: `${claim.ref}.${claim.revision}`,
    href: paths.claim(claim.ref),
    statement: claim.statement,
    language: claim.language,
    headline: headlineOf(claim),
    hedges: claim.hedges,
    isContested: claim.isContested,
    speaker:
      cover.speaker && named
        ? unnamedInWords(descriptionOf(named, cover, withheld))
        : speakerInWords(speaker, printed, naming),
    speakerHref: claim.speakerId && !cover.speaker && paths.party(claim.speakerId),
    more: claim.moreAttributions,
    source: source
      ? labelOf(source, cover.document ? (withheld?.sources.get(sourceId) ?? 'not_for_attribution') : null)
      : '',
    sourceHref: claim.sourceId && !cover.document ? paths.source(claim.sourceId) : null,
    occurredOn,
    assignee: claim.assignee ?? '',
    updatedAt: claim.updatedAt,
  }
}

function withheldOfLine({ sourceId, sourceIsWithheld, sourceIsPrivate, speakerId, speakerNames }: Listed): Withheld {
  const ground = sourceIsPrivate ? 'private' : 'not_for_attribution'
  return {
    sources: new Map(sourceId && sourceIsWithheld ? [[sourceId, ground] as const] : []),
    names: new Map(speakerId ? [[speakerId, speakerNames] as const] : []),
  }
}

type Chip = { text: string; href: string }

function chipsOf(given: Given, names: Names): Chip[] {
  return FILTERS.flatMap((name) => {
    const value = given[name]
    return value ? { text: CHIPS[name](value, names), href: paths.claims({ ...given, [name]: '' }) } : []
  })
}

const CHIPS = {
  q: (value) => `“${value}”`,
  story: (value) => `Story: ${value.toUpperCase()}`,
  stage: (value) => `Stage: ${word('stage', value)}`,
  verdict: (value) => `Verdict: ${word('verdict', value)}`,
  speaker: (value, names) => `Said by ${names.speaker ?? value}`,
  source: (value, names) => `Source: ${names.source ?? value}`,
  assignee: (value, names) => `With ${value === 'me' ? 'me' : value === 'none' ? 'nobody' : (names.assignee ?? value)}`,
  tag: (value) => `Tag: ${value.toLowerCase()}`,
  figure: () => 'Has a figure',
  conflict: () => 'Figure in conflict',
  question: (value, names) => `Answers: ${names.question ?? value}`,
  from: (value) => `About ${printedDateInWords(value)} or later`,
  to: (value) => `About ${printedDateInWords(value)} or earlier`,
} as const satisfies Record<FilterName, (value: string, names: Names) => string>

/** The heads of the columns that the list can be put in order by: where each leads, and which way it points now. */
function headsOf(given: Given, sort: Sort) {
  const to = (order: Sort) => paths.claims({ ...given, sort: order === '-updated' ? '' : order })
  return {
    ref: { href: to('ref'), now: sort === 'ref' ? 'ascending' : null },
    about: { href: to('-about'), now: sort === '-about' ? 'descending' : null },
    updated: {
      href: to(sort === '-updated' ? 'updated' : '-updated'),
      now: sort === '-updated' ? 'descending' : sort === 'updated' ? 'ascending' : null,
    },
  }
}

function pagesOf(given: Given, list: ListPage) {
  return {
    first: list.isFirst ? null : paths.claims(given),
    previous: list.previous && paths.claims({ ...given, ...cursorOf('before', list.previous) }),
    next: list.next && paths.claims({ ...given, ...cursorOf('after', list.next) }),
  }
}
