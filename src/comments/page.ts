import { peopleWho, WORKING } from '../accounts/store.ts'
import type { Db } from '../history/store.ts'
import { paths } from '../paths.ts'
import { commentsOf, type ShownComment } from './store.ts'

const ON_THE_CLAIM = 20

/** What a claim's page shows of its discussion to somebody who takes part in it. */
export async function discussionOf(db: Db, claim: { id: number; ref: string }, personId: number) {
  const [{ comments, older }, people] = await Promise.all([
    commentsOf(db, claim.id, ON_THE_CLAIM),
    peopleWho(db, WORKING),
  ])
  return {
    ref: claim.ref,
    comments: comments.map((comment) => commentShown(comment, personId)),
    older: older && paths.comments(claim.ref),
    names: people.map(({ name }) => name).join('\n'),
  }
}

/** A comment as a page prints it, with what this person may do to it. */
export function commentShown({ author, mentions, resolvedBy, reopenedBy, ...comment }: ShownComment, personId: number) {
  return {
    ...comment,
    author: author.name,
    isMine: author.id === personId,
    mentions: mentions.map(({ account }) => account.name),
    resolvedBy: resolvedBy?.name ?? null,
    reopenedBy: reopenedBy?.name ?? null,
  }
}
