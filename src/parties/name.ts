import { foldName } from '../folding.ts'

/** The id that somebody typed to tell things of one name apart: `#12` or `Name (#12)`; null when there is none. */
export function namedId(typed: string): number | null {
  const [, id] = /^(?:.*\()?#([1-9]\d{0,8})\)?$/su.exec(typed.trim()) ?? []
  return id ? Number(id) : null
}

/** What was answered to “Did you mean …?”: the id of the known party, or that it is another; null when nothing was, or for another name. */
export function answerFor(choice: string | null, name: string): number | 'another' | null {
  const [, answer, asked] = /^([1-9]\d{0,8}|another) (.+)$/su.exec(choice ?? '') ?? []
  if (!answer || !asked || foldName(asked) !== foldName(name)) return null
  return answer === 'another' ? 'another' : Number(answer)
}

/** The value of an answer, which holds for this name only. */
export function answerValue(answer: number | 'another', name: string): string {
  return `${answer} ${name}`
}
