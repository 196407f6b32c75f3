import { z } from 'zod'
import type { Prisma, PrismaClient } from '../../prisma/client/client.ts'
import { peopleWho, WORKING } from '../accounts/store.ts'
import { Forbidden, NotFound, noClaim } from '../errors.ts'
import { type Act, clock, type Db, once } from '../history/store.ts'
import { accepted, type Landing, type Outcome, refused } from '../outcome.ts'
import { paths } from '../paths.ts'
import { choice, text } from '../web/form.ts'
import type { SignedIn } from '../web/session.ts'
import { mentionsIn, mentionsInWords } from './mention.ts'

export const commentForm = z.strictObject({ comment: text('Write the comment.', 4000) })

/** What may be done to a comment; withdrawing only by its author. */
const TURNS = ['resolve', 'reopen', 'withdraw'] as const
export const turnForm = z.strictObject({ turn: choice(TURNS, 'There is no such button.') })

type Turn = (typeof TURNS)[number]
type Person = Pick<SignedIn, 'id' | 'name'>

const SHOWN = {
  id: true,
  text: true,
  at: true,
  withdrawnAt: true,
  resolvedAt: true,
  reopenedAt: true,
  author: { select: { id: true, name: true } },
  resolvedBy: { select: { name: true } },
  reopenedBy: { select: { name: true } },
  mentions: { select: { account: { select: { name: true } } }, orderBy: { accountId: 'asc' } },
} as const satisfies Prisma.CommentSelect

export type ShownComment = Prisma.CommentGetPayload<{ select: typeof SHOWN }>

/** Part of a claim's comments, oldest first; `older` is the id to ask for those before it with, null when there are none. */
export type CommentPage = { comments: ShownComment[]; older: number | null }

/** The newest comments of a claim before one of them, or of all: at most so many. */
export async function commentsOf(db: Db, claimId: number, limit: number, before?: number): Promise<CommentPage> {
  const found = await db.comment.findMany({
    where: { claimId, ...(before ? { id: { lt: before } } : {}) },
    orderBy: { id: 'desc' },
    take: limit + 1,
    select: SHOWN,
  })
  const comments = found.slice(0, limit).toReversed()
  return { comments, older: found.length > limit ? (comments[0]?.id ?? null) : null }
}

/** Adds a comment to a claim, which does not change by it. Says who finds it on their page, and which names were not understood. */
export function addComment(
  db: PrismaClient,
  act: Act,
  person: Person,
  ref: string,
  form: { comment: string },
): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    const claim = await findClaim(tx, ref)
    const mentions = mentionsIn(form.comment, await peopleWho(tx, WORKING))
    const comment = await tx.comment.create({
      data: {
        claimId: claim.id,
        authorId: person.id,
        text: form.comment,
        at: await clock(tx),
        mentions: { create: mentions.people.map(({ id }) => ({ accountId: id })) },
      },
      select: { id: true },
    })
    const flash = { text: `Your comment on ${ref} stands. ${mentionsInWords(mentions)}`.trim() }
    return accepted({ path: `${paths.claim(ref)}#comment-${comment.id}`, flash })
  })
}

/** Resolves a comment, opens it again, or withdraws one's own: its words go, its place stays. */
export function turnComment(
  db: PrismaClient,
  act: Act,
  person: Person,
  { ref, id, turn }: { ref: string; id: number; turn: Turn },
): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    const claim = await findClaim(tx, ref)
    // Prisma cannot lock a row.
    await tx.$queryRaw`select 1 from comment where id = ${id} for update`
    const comment = await tx.comment.findFirst({ where: { id, claimId: claim.id }, select: TURNED })
    if (!comment) throw new NotFound(`${ref} has no such comment.`)
    if (turn === 'withdraw' && comment.authorId !== person.id)
      throw new Forbidden('Only its author withdraws a comment. You can answer it, or resolve it.')
    const no = refusalOf(comment, turn)
    if (no) return refused({ field: '', message: no })
    const at = await clock(tx)
    await tx.comment.update({ where: { id }, data: CHANGES[turn](at, person) })
    await tx.commentMention.updateMany({ where: { commentId: id }, data: { isOpen: turn === 'reopen' } })
    return accepted({ path: `${paths.claim(ref)}#comment-${id}`, flash: { text: DONE[turn] } })
  })
}

const CHANGES = {
  resolve: (at, { id }) => ({ resolvedAt: at, resolvedById: id, reopenedAt: null, reopenedById: null }),
  reopen: (at, { id }) => ({ resolvedAt: null, resolvedById: null, reopenedAt: at, reopenedById: id }),
  withdraw: (at) => ({ text: '', withdrawnAt: at }),
} as const satisfies Record<Turn, (at: Date, person: Person) => Prisma.CommentUncheckedUpdateInput>

const DONE = {
  resolve: 'The comment is resolved.',
  reopen: 'The comment is open again.',
  withdraw: 'Your comment is withdrawn; that there was one stays.',
} as const satisfies Record<Turn, string>

/** What its turns look at; of one other table, since within a transaction nothing is asked side by side. */
const TURNED = {
  authorId: true,
  withdrawnAt: true,
  resolvedAt: true,
  resolvedBy: { select: { name: true } },
} as const satisfies Prisma.CommentSelect

function refusalOf(
  { withdrawnAt, resolvedAt, resolvedBy }: Prisma.CommentGetPayload<{ select: typeof TURNED }>,
  turn: Turn,
): string | null {
  if (withdrawnAt) return 'This comment was withdrawn. Nothing can be done with it any more.'
  if (turn === 'resolve' && resolvedAt) return `This comment was resolved already, by ${resolvedBy?.name}.`
  if (turn === 'reopen' && !resolvedAt) return 'This comment is open.'
  return null
}

/** The claim that is commented on; throws NotFound. */
export async function findClaim(db: Db, ref: string): Promise<{ id: number; statement: string }> {
  const claim = await db.claim.findUnique({ where: { ref }, select: { id: true, statement: true } })
  if (!claim) throw noClaim(ref)
  return claim
}

/** A comment that names somebody and is still open, with its claim. */
export type OpenMention = Prisma.CommentGetPayload<{ select: typeof MENTION }>

const MENTION = {
  id: true,
  text: true,
  at: true,
  author: { select: { name: true } },
  claim: { select: { ref: true, statement: true, language: true } },
} as const satisfies Prisma.CommentSelect

/** The open comments that name a person, oldest first, at most so many. */
export async function openMentions(db: Db, accountId: number, limit: number): Promise<OpenMention[]> {
  const found = await db.commentMention.findMany({
    where: { accountId, isOpen: true },
    orderBy: { commentId: 'asc' },
    take: limit,
    select: { comment: { select: MENTION } },
  })
  return found.map(({ comment }) => comment)
}
