import { printedDateInWords } from '../printed-date.ts'
import { word } from '../words.ts'
import type { AttributionPart, EvidencePart, Parts, SourcePart } from './parts.ts'

type Bearings = Pick<Parts, 'attributions' | 'evidence'>

/**
 * What a decision was made on that is called otherwise now, each as the end of "Decided as": the parties and the documents of its sealed copy beside
 * what they have become. Attributions and evidence that came in later are no part of it.
 */
export function calledOtherwise(sealed: Bearings, now: Bearings): string[] {
  const said = pairs(sealed.attributions, now.attributions).flatMap(([was, is]) => attributionChanges(was, is))
  const shown = pairs(sealed.evidence, now.evidence).flatMap(([was, is]) => evidenceChanges(was, is))
  return [...new Set([...said, ...shown])]
}

function pairs<T extends { id: number }>(sealed: readonly T[], now: readonly T[]): [T, T][] {
  const byId = new Map(now.map((one) => [one.id, one]))
  return sealed.flatMap((was) => {
    const is = byId.get(was.id)
    return is ? [[was, is] as [T, T]] : []
  })
}

function attributionChanges(was: AttributionPart, is: AttributionPart): string[] {
  const name = was.speaker ?? ''
  const relays = pairs(was.relays, is.relays)
  return [
    ...renamed('speaker', was.speaker, is.speaker),
    ...changed(`“${name}” as`, word('partyKind', was.speakerKind), word('partyKind', is.speakerKind)),
    ...changed(`“${name}” as`, was.speakerRole, is.speakerRole),
    ...relays.flatMap(([relay, now]) => renamed('relay', relay.name, now.name)),
    ...sourceChanges(was.source, is.source),
  ]
}

function evidenceChanges(was: EvidencePart, is: EvidencePart): string[] {
  return [
    ...(was.restsOnParty && is.restsOnParty
      ? renamed('party behind the evidence', was.restsOnParty.name, is.restsOnParty.name)
      : []),
    ...sourceChanges(was.source, is.source),
    ...(was.restsOnSource && is.restsOnSource ? sourceChanges(was.restsOnSource, is.restsOnSource) : []),
  ]
}

type Document = Pick<SourcePart, 'title' | 'url' | 'publisher' | 'publisherId'> & { publishedOn?: string | null }

function sourceChanges(was: Document, is: Document): string[] {
  const name = was.title ?? was.url ?? 'source'
  const isSamePublisher = was.publisherId !== null && was.publisherId === is.publisherId
  return [
    ...(was.title === is.title
      ? []
      : [`the source “${was.title ?? 'without a title'}”, now titled “${is.title ?? 'nothing'}”`]),
    ...changed(`“${name}” at`, was.url ?? '', is.url ?? ''),
    ...(isSamePublisher
      ? renamed('publisher', was.publisher, is.publisher)
      : changed(`“${name}” as published by`, was.publisher ?? '', is.publisher ?? '')),
    ...changed(`“${name}” as printed on`, dateOf(was), dateOf(is)),
  ]
}

function dateOf({ publishedOn }: Document): string {
  return publishedOn ? printedDateInWords(publishedOn) : ''
}

function renamed(what: string, was: string | null, is: string | null): string[] {
  return was === is || !was || !is ? [] : [`the ${what} “${was}”, now called “${is}”`]
}

function changed(what: string, was: string, is: string): string[] {
  return was === is ? [] : [`${what} ${was || 'nothing known'}, now ${is || 'nothing known'}`]
}
