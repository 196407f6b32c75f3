import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const SRC = join(import.meta.dirname, '..', '..', 'src')
// A slash that can begin no division: after an operator, a bracket, a comma, or a word that takes a value.
const LITERAL =
  /(?:[=(,:?!&|[{};>]|\breturn|\bof|^)\s*\/((?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+)\/([dgimsuyv]*)/gm

type Found = { file: string; expression: RegExp }

const EXPRESSIONS = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .flatMap((file) => {
    const text = readFileSync(join(SRC, file), 'utf8').replace(/^\s*(?:\/\/|\/?\*).*$/gm, '')
    return [...text.matchAll(LITERAL)].map(([, source = '', flags = '']): Found => {
      return { file, expression: new RegExp(source, flags) }
    })
  })

// What a run is made of that makes an expression try again and again, and what breaks it off at the end.
const PIECES = [
  'a',
  'A',
  '0',
  '1,000',
  '-',
  ' ',
  '\n',
  '\t',
  '"',
  "'",
  '(',
  '#',
  '(#',
  '.',
  '/',
  '@',
  'a.',
  '_',
  '\u0301',
  'é',
  '漢',
  ':',
  '=',
  ';',
  '&a',
  'T',
  '<',
  '\\',
  '%',
  '+',
  '0-',
  '::',
  'a ',
  ' "',
]
const ENDS = ['', '!', '\n', ')']
const LENGTH = 20_000
const TEXTS = PIECES.flatMap((piece) =>
  ENDS.map((end) => ({
    name: `${JSON.stringify(piece)} again and again, then ${JSON.stringify(end)}`,
    text: piece.repeat(Math.ceil(LENGTH / piece.length)) + end,
  })),
)
// A linear one needs a few; this is what a busy machine may take for it. One that tries again from each place needs seconds.
const MOST = 250

describe('Every regular expression of the sources', () => {
  test('is found', () => {
    expect(EXPRESSIONS.length).toBeGreaterThan(60)
  })

  test.each(EXPRESSIONS.map(({ file, expression }) => [file, expression] as const))(
    '%s: %s takes its time by the length of a text',
    (_, expression) => {
      const slow = TEXTS.filter(({ text }) => timeOf(expression, text) > MOST && timeOf(expression, text) > MOST)
      expect(slow.map(({ name }) => name)).toEqual([])
    },
  )
})

function timeOf(expression: RegExp, text: string): number {
  const begun = performance.now()
  if (expression.global) text.replace(expression, '')
  else expression.test(text)
  expression.lastIndex = 0
  return performance.now() - begun
}
