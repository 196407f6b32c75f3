import { inContext } from '../captures/anchor.ts'
import type { Weighed } from '../decisions/independence.ts'
import { paths } from '../paths.ts'
import { PRIVATE_LABEL, sourceLabel } from '../sources/label.ts'
import type { ShownEvidence } from './list.store.ts'

/** A piece of evidence as the claim's page sets it; what stands in a private source is left out for those who may not see it. */
export function evidenceShown(piece: ShownEvidence, { number, weighed, context, maySeePrivate, editHref }: Setting) {
  const { source, restsOnParty, restsOnSource } = piece
  const isHidden = source.isPrivate && !maySeePrivate
  return {
    id: piece.id,
    number,
    stance: piece.stance,
    basis: piece.basis,
    isTheAct: piece.isTheAct,
    isHidden,
    source: {
      label: sourceLabel(source, maySeePrivate),
      href: isHidden ? null : paths.source(source.id),
      url: isHidden ? null : source.url,
      isPrivate: source.isPrivate,
      publisher: isHidden ? null : (source.publisher?.name ?? null),
      publishedOn: isHidden ? null : source.publishedOn,
    },
    restsOn: restsOnParty
      ? { label: restsOnParty.name, href: paths.party(restsOnParty.id) }
      : restsOnSource && {
          label: sourceLabel(restsOnSource, maySeePrivate),
          href: restsOnSource.isPrivate && !maySeePrivate ? null : paths.source(restsOnSource.id),
        },
    passage: isHidden ? null : passageOf(piece, context),
    note: isHidden ? '' : piece.note,
    addedBy: piece.addedBy.name,
    addedAt: piece.createdAt,
    why: weighed?.why ?? '',
    counts: weighed?.isFirst === true || weighed?.isEnough === true,
    editHref,
  }
}

type Setting = {
  /** Its place among the claim's evidence, from 1. */
  number: number
  weighed: Weighed | undefined
  context: { text: string; from: number } | undefined
  maySeePrivate: boolean
  editHref: string | null
}

function passageOf({ passage, start, end, source, captureId }: ShownEvidence, context: Setting['context']) {
  if (!passage) return null
  const held = { language: source.language, hasText: captureId !== null }
  if (!context || start === null || end === null)
    return { before: '', exact: passage, after: '', found: false, ...held }
  return { ...inContext(context.text, start - context.from, end - context.from), found: true, ...held }
}

/** A document whose names are kept from those who may not see private sources. */
export function masked<T extends { isPrivate?: boolean; title?: string | null; publisher?: string | null }>(
  document: T,
  maySeePrivate: boolean,
): T {
  if (maySeePrivate || !document.isPrivate) return document
  return { ...document, title: PRIVATE_LABEL, publisher: PRIVATE_LABEL }
}
