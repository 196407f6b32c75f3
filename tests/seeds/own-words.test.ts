import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { CLAIMS } from '../../seeds/claims/all.ts'
import { SOURCES } from '../../seeds/sources.ts'

// Real reports, kept beside the project and never in it.
const REPORTS = fileURLToPath(new URL('../../../shared/articles/', import.meta.url))
const WORDS_IN_A_ROW = 6

describe('The demonstration is written in words of its own', () => {
  const reports = existsSync(REPORTS) ? readdirSync(REPORTS).filter((name) => name.endsWith('.txt')) : []

  it.skipIf(reports.length === 0)(`shares no ${WORDS_IN_A_ROW} words in a row with a real report`, () => {
    const taken = new Set(reports.flatMap((name) => rowsOf(readFileSync(REPORTS + name, 'utf8'))))
    const shared = ownTexts().flatMap((text) => rowsOf(text).filter((row) => taken.has(row)))
    expect(shared).toEqual([])
  })

  it('says of the dispatch about as much as a newspaper would', () => {
    const words = SOURCES.dispatch.text.split(/\s+/).filter(Boolean)
    expect(words.length).toBeGreaterThanOrEqual(450)
    expect(words.length).toBeLessThanOrEqual(600)
  })
})

function ownTexts(): string[] {
  const documents = Object.values(SOURCES).flatMap(({ title, text }) => [title, text])
  return [...documents, ...CLAIMS.map(({ words }) => words.statement)]
}

function rowsOf(text: string): string[] {
  const words = text
    .toLowerCase()
    .replace(/[’']/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
  return words.map((_, at) => words.slice(at, at + WORDS_IN_A_ROW).join(' ')).slice(0, 1 - WORDS_IN_A_ROW)
}
