import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ANY_SIGN, NAME, SIGN } from '../../src/questions/wording.ts'
import { codeOf, expressionsIn } from './expressions.ts'

const ROOT = join(import.meta.dirname, '..', '..')

type Found = { file: string; expression: RegExp }

const FILES = ['src', 'views', 'public', 'seeds'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|js|ejs)$/.test(name))
    .map((name) => {
      const text = readFileSync(join(ROOT, folder, name), 'utf8')
      return { file: `${folder}/${name}`, code: name.endsWith('.ejs') ? codeOf(text) : text }
    }),
)
// Of a constant, or of a template with constants in it.
const MADE = /\bRegExp\((?:(\w+)|`([^`\\]+)`)(?:, '(\w+)')?\)/g
// What stands in templates that are filled from tables: the expressions they become are looked at as they are.
const OF_TABLES = ['alternatives(']
// Those that stand as they are, and those made of a text that stands in the same file.
const EXPRESSIONS = FILES.flatMap(({ file, code }): Found[] => [
  ...expressionsIn(code).map((expression) => ({ file, expression })),
  ...[...code.matchAll(MADE)].flatMap(([words, name = '', template = '', flags = '']) => {
    if (OF_TABLES.some((table) => words.includes(table))) return []
    const source = name
      ? textNamed(name, code)
      : template.replace(/\$\{(\w+)\}/g, (_, inner: string) => textNamed(inner, code))
    return [{ file, expression: new RegExp(source, flags) }]
  }),
]).concat([SIGN, NAME, ANY_SIGN].map((expression) => ({ file: 'src/questions/wording.ts', expression })))

/** A constant's text, as it stands in code. */
function textNamed(name: string, code: string): string {
  const written = new RegExp(`\\bconst ${name} = '([^']+)'\n`).exec(code)?.[1]
  if (!written) throw new Error(`No text is named ${name}`)
  return JSON.parse(`"${written}"`) as string
}

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
    const found = new Set(EXPRESSIONS.map(({ file }) => file.split('/')[0]))
    expect([...found].toSorted()).toEqual(['src', 'views'])
    expect(EXPRESSIONS.length).toBeGreaterThan(90)
    // As often as a method of expressions is called on one that stands there, one was found.
    for (const { file, code } of FILES)
      for (const [, source] of code.matchAll(/(?<!["'`/*].*)[ (!]\/((?:\\.|[^/\\\s])+)\/[a-z]*\.(?:test|exec)\(/g))
        expect(
          EXPRESSIONS.some((found) => found.file === file && found.expression.source === source),
          `${file}: ${source}`,
        ).toBe(true)
  })

  test('and made of other texts there is none', () => {
    const made = FILES.flatMap(({ file, code }) =>
      [...code.matchAll(/\bRegExp\(.{0,60}/g)].flatMap(([words]) =>
        words.search(MADE) === 0 || OF_TABLES.some((table) => words.includes(table)) ? [] : [`${file}: ${words}`],
      ),
    )
    expect(made).toEqual([])
  })

  test.each([
    ["const a = b / c; const d = /x\\/[/]y/g.test('/not/')", ['x\\/[/]y']],
    ['`a ${b.replace(/c/, `/${d / e}/`)} /f/`; [/* /g/ */ /h/u, // /i/\n /j/]', ['c', 'h', 'j']],
    ['x = { a: y++ / 2, b: (z) / 3 / 4 }; return /k}/', ['k}']],
  ])('is told from a division and from what stands in a text: %s', (code, sources) => {
    expect(expressionsIn(code).map(({ source }) => source)).toEqual(sources)
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
