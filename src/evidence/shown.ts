import { inContext } from '../captures/anchor.ts'
import type { Weighed } from '../decisions/independence.ts'
import { paths } from '../paths.ts'
import type { Withheld } from '../privacy/withheld.ts'
import { labelOf } from '../sources/label.ts'
import type { ShownEvidence } from './list.store.ts'

/** A piece of evidence as the claim's page sets it; what stands in a source that is withheld is left out, and who told it. */
export function evidenceShown(piece: ShownEvidence, { number, weighed, context, withheld, editHref }: Setting) {
  const { source, restsOnSource } = piece
  const ground = withheld?.sources.get(source.id)
  const isHidden = ground !== undefined
  const restsOnGround = restsOnSource && withheld?.sources.get(restsOnSource.id)
  const restsOnParty = isHidden ? null : piece.restsOnParty
  return {
    id: piece.id,
    number,
    stance: piece.stance,
    basis: piece.basis,
    isTheAct: piece.isTheAct,
    isHidden,
    source: {
      label: labelOf(source, ground),
      href: isHidden ? null : paths.source(source.id),
      url: isHidden ? null : source.url,
      isPrivate: source.isPrivate,
      publisher: isHidden ? null : (source.publisher?.name ?? null),
      publishedOn: isHidden ? null : source.publishedOn,
    },
    restsOn: restsOnParty
      ? { label: restsOnParty.name, href: paths.party(restsOnParty.id) }
      : restsOnSource && {
          label: labelOf(restsOnSource, restsOnGround),
          href: restsOnGround ? null : paths.source(restsOnSource.id),
        },
    passage: isHidden ? null : passageOf(piece, context),
    note: isHidden ? '' : piece.note,
    addedBy: piece.addedBy.name,
    addedAt: piece.createdAt,
    why: [weighed?.why, weighed?.likeness?.sentence].filter(Boolean).join(' '),
    counts: weighed?.isFirst === true || weighed?.isEnough === true,
    editHref,
  }
}

type Setting = {
  /** Its place among the claim's evidence, from 1. */
  number: number
  weighed: Weighed | undefined
  context: { text: string; from: number } | undefined
  withheld: Withheld | null
  editHref: string | null
}

function passageOf({ passage, start, end, source, captureId }: ShownEvidence, context: Setting['context']) {
  if (!passage) return null
  const held = { language: source.language, hasText: captureId !== null }
  if (!context || start === null || end === null)
    return { before: '', exact: passage, after: '', found: false, ...held }
  return { ...inContext(context.text, start - context.from, end - context.from), found: true, ...held }
}
