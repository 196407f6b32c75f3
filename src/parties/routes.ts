import { type Request, type Response, Router } from 'express'
import type { PrismaClient } from '../../prisma/client/client.ts'
import { PartyKind } from '../../prisma/client/enums.ts'
import { drainDocumentQueue } from '../claims/search.store.ts'
import { NotFound } from '../errors.ts'
import { historyOf } from '../history/list.store.ts'
import { showHistory } from '../history/page.ts'
import { told } from '../history/timeline.ts'
import { RECENT } from '../history/window.ts'
import { type Problem, statusOf } from '../outcome.ts'
import { paths } from '../paths.ts'
import { may } from '../policy.ts'
import { land } from '../web/flash.ts'
import { actOf, readForm, typed } from '../web/form.ts'
import { guard, personOf } from '../web/guard.ts'
import { page } from '../web/page.ts'
import { maybeId } from '../web/paging.ts'
import { choices, word } from '../words.ts'
import { addParty, editParty, findPartyWords, NO_PARTY, partiesLikeThese } from './edit.store.ts'
import {
  fieldsOf,
  fieldsTyped,
  newPartyForm,
  PARTY_TELLER,
  type PartyFields,
  partyDifferences,
  partyEditForm,
  roleProblems,
  withRoleLine,
} from './form.ts'
import { heldUp, listParties, publishedBy, relayedBy, sayingsOf } from './list.store.ts'
import { knownToAll, suggestParties } from './store.ts'

const NOBODY = { same: [], near: [] }

const NEW: PartyFields = { kind: '', name: '', aliases: '', roles: [], wikidataId: '', note: '', somebodyElse: '' }

/** The pages of people, organisations and groups. */
export function partyRoutes(db: PrismaClient): Router {
  const router = Router()

  router.get('/parties', guard('read'), async (req, res) => {
    const q = asked(req.query.q)
    const maySeePrivate = may(personOf(req).role, 'seePrivateSources')
    const { parties, next } = await listParties(db, q, maybeId(req.query.after), maySeePrivate)
    const isFirst = maybeId(req.query.after) === null
    await page(req, res, 'parties/index', {
      title: 'Parties',
      q,
      parties: parties.map((party) => ({ ...party, kind: word('partyKind', party.kind) })),
      first: isFirst ? null : paths.parties({ q }),
      next: next ? paths.parties({ q, after: next }) : null,
    })
  })

  router.get('/parties/suggestions', guard('read'), async (req, res) => {
    const maySeePrivate = may(personOf(req).role, 'seePrivateSources')
    res.set('cache-control', 'no-store').json(await suggestParties(db, asked(req.query.q), 10, maySeePrivate))
  })

  router.get('/parties/new', guard('editParties'), async (req, res) => {
    await showNew(req, res, withRoleLine(NEW))
  })

  router.post('/parties', guard('editParties'), async (req, res) => {
    const fields = fieldsTyped(req.body)
    if (typed(req.body, 'intent') === 'add-role') return showNew(req, res, withRoleLine(fields))
    const read = readForm(newPartyForm, req.body)
    const problems = read.form ? roleProblems(read.form) : read.problems
    if (!read.form || problems.length) return showNew(req, res, fields, problems, 422)
    const outcome = await addParty(db, actOf(req), read.form)
    if (outcome.kind === 'accepted') return land(req, res, outcome.value)
    await showNew(req, res, fields, outcome.problems, statusOf(outcome))
  })

  router.get('/parties/:id', guard('read'), async (req, res) => {
    const { id, words } = await findParty(req)
    const maySeePrivate = may(personOf(req).role, 'seePrivateSources')
    const before = maybeId(req.query.before)
    const [{ said, next }, held, relayed, published, history] = await Promise.all([
      sayingsOf(db, id, maySeePrivate, before),
      heldUp(db, id, maySeePrivate),
      relayedBy(db, id, maySeePrivate),
      publishedBy(db, id, maySeePrivate),
      historyOf(db, 'party', id, { limit: RECENT }),
    ])
    await page(req, res, 'parties/show', {
      title: words.name,
      party: { id, ...words, kind: word('partyKind', words.kind) },
      said,
      first: before ? paths.party(id) : null,
      next: next ? `${paths.party(id)}?before=${next}` : null,
      verdicts: held.verdicts.map(({ verdict, count }) => ({
        label: word('verdict', verdict),
        count,
        href: paths.claims({ speaker: id, verdict }),
      })),
      undecided: held.undecided,
      claimsHref: paths.claims({ speaker: id }),
      relayed,
      published,
      history: await told(history, PARTY_TELLER),
    })
  })

  router.get('/parties/:id/history', guard('read'), async (req, res) => {
    const { id, revision, words } = await findParty(req)
    await showHistory(req, res, db, {
      subject: 'party',
      id,
      revision,
      name: words.name,
      href: paths.party(id),
      history: paths.partyHistory(id),
      teller: () => PARTY_TELLER,
    })
  })

  router.get('/parties/:id/edit', guard('editParties'), async (req, res) => {
    await showEdit(req, res)
  })

  router.post('/parties/:id/edits', guard('editParties'), async (req, res) => {
    const yours = fieldsTyped(req.body)
    if (typed(req.body, 'intent') === 'add-role')
      return showEdit(req, res, { yours: withRoleLine(yours), revision: typed(req.body, 'revision') })
    const { id } = await findPartyWords(db, maybeId(req.params.id))
    const read = readForm(partyEditForm, req.body)
    const problems = read.form ? roleProblems(read.form) : read.problems
    if (!read.form || problems.length)
      return showEdit(req, res, { yours, revision: typed(req.body, 'revision'), problems, status: 422 })
    const outcome = await editParty(db, actOf(req), id, read.form)
    if (outcome.kind === 'accepted') {
      // The change stands whatever becomes of the queue, which is drained again with the next one.
      await drainDocumentQueue(db).catch((err) => req.log.error({ err }, 'document queue'))
      return land(req, res, outcome.value)
    }
    const isStale = outcome.cause === 'stale'
    const revision = isStale ? '' : typed(req.body, 'revision')
    await showEdit(req, res, { yours, revision, problems: outcome.problems, status: statusOf(outcome), isStale })
  })

  /** The party that an address names; throws NotFound also where this person may not know of it. */
  async function findParty(req: Request) {
    const party = await findPartyWords(db, maybeId(req.params.id))
    if (may(personOf(req).role, 'seePrivateSources') || (await knownToAll(db, [party])).length) return party
    throw new NotFound(NO_PARTY)
  }

  async function showNew(
    req: Request,
    res: Response,
    fields: PartyFields,
    problems: Problem[] = [],
    status?: number,
  ): Promise<void> {
    const values = {
      title: 'New party',
      action: paths.parties(),
      back: paths.parties(),
      fields,
      kinds: choices('partyKind'),
      alike: problems.length ? await partiesLike(fields, null) : NOBODY,
      isNew: true,
      problems,
    }
    await page(req, res, 'parties/form', values, status)
  }

  type Shown = { yours: PartyFields; revision: string; problems?: Problem[]; status?: number; isStale?: boolean }

  async function showEdit(req: Request, res: Response, shown?: Shown): Promise<void> {
    const { id, revision, words } = await findPartyWords(db, maybeId(req.params.id))
    const theirs = fieldsOf(words)
    const values = {
      title: `Edit ${words.name}`,
      action: paths.partyEdits(id),
      back: paths.party(id),
      fields: shown?.yours ?? withRoleLine(theirs),
      kinds: choices('partyKind'),
      alike: shown?.problems?.length ? await partiesLike(shown.yours, id) : NOBODY,
      isNew: false,
      revision: maybeId(shown?.revision) ?? revision,
      differences: shown?.isStale ? partyDifferences(theirs, shown.yours) : [],
      problems: shown?.problems ?? [],
    }
    await page(req, res, 'parties/form', values, shown?.status)
  }

  function partiesLike({ kind, name, aliases }: PartyFields, exceptId: number | null) {
    // As typed, so perhaps refused: no name is longer than this, and nobody looks through more.
    const names = [name, ...aliases.split('\n', 10)].map((one) => one.slice(0, 200))
    return partiesLikeThese(db, names, { kind: maybePartyKind(kind), exceptId })
  }

  return router
}

function maybePartyKind(kind: string): PartyKind | null {
  return Object.values(PartyKind).find((one) => one === kind) ?? null
}

function asked(value: unknown): string {
  return typeof value === 'string' && value.isWellFormed() ? value.replaceAll('\0', '').slice(0, 200) : ''
}
