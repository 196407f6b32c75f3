import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SETTINGS } from '../src/config.ts'

const ROOT = join(import.meta.dirname, '..')
const FEATURELESS = ['web', 'database', 'history', 'commands']

type Import = { from: string; to: string; isType: boolean; names: string }

const sources = filesIn('src', '.ts')
const imports: Import[] = sources.flatMap((from) => importsOf(from))
const isRoutes = (file: string) => /(^|[/.])routes\.ts$/.test(file)
const isStore = (file: string) => /(^|[/.])store\.ts$/.test(file)
const isPage = (file: string) => file.endsWith('/page.ts')
const folderOf = (file: string) => file.split('/')[1] ?? ''
const isPlain = (file: string) =>
  file.split('/').length > 2 &&
  !FEATURELESS.includes(folderOf(file)) &&
  !isRoutes(file) &&
  !isStore(file) &&
  !isPage(file)

describe('Imports go downward', () => {
  test('routes are mounted by the application, or by their own feature', () => {
    const others = imports.filter(
      ({ from, to }) => isRoutes(to) && from !== 'src/app.ts' && !(isRoutes(from) && folderOf(from) === folderOf(to)),
    )
    expect(others).toEqual([])
  })

  test('stores know no page, no route and no HTTP', () => {
    const upward = imports.filter(
      ({ from, to, isType }) => isStore(from) && (isRoutes(to) || isPage(to) || to === 'express') && !isType,
    )
    expect(upward).toEqual([])
  })

  test('plain files need nothing started: no store, no database, no HTTP', () => {
    const started = imports.filter(
      ({ from, to, isType }) =>
        isPlain(from) &&
        !isType &&
        (isStore(to) ||
          isRoutes(to) ||
          isPage(to) ||
          to === 'express' ||
          to === 'pg' ||
          /prisma\/client\/client/.test(to)),
    )
    expect(started).toEqual([])
  })

  test('web/ knows no feature', () => {
    const known = imports.filter(
      ({ from, to, isType }) =>
        folderOf(from) === 'web' &&
        to.startsWith('src/') &&
        to.split('/').length > 2 &&
        folderOf(to) !== 'web' &&
        !isType,
    )
    expect(known.filter(({ to }) => !to.startsWith('src/history/'))).toEqual([])
  })

  test('the words of the record are imported from the generated client only as words and types', () => {
    const clients = imports.filter(
      ({ from, to, isType }) =>
        /prisma\/client\/client/.test(to) && !isType && folderOf(from) !== 'database' && !from.includes('store'),
    )
    expect(clients).toEqual([])
  })
})

describe('Views', () => {
  const views = filesIn('views', '.ejs')

  test('write values escaped; only an include and the body of the layout are written as they are', () => {
    const raw = views.flatMap((view) =>
      [...read(view).matchAll(/<%-\s*([^%]*)/g)].map(([, what = '']) => ({ view, what: what.trim() })),
    )
    expect(raw.filter(({ what }) => !what.startsWith('include(') && what !== 'body')).toEqual([])
  })

  test('have no script and no style of their own', () => {
    const inline = views.filter((view) => /<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)/.test(read(view)))
    expect(inline).toEqual([])
  })
})

describe('Files', () => {
  test('can be read in one sitting: none has more than 400 lines', () => {
    const long = [...sources, ...filesIn('seeds', '.ts'), ...filesIn('views', '.ejs')].filter(
      (file) => read(file).split('\n').length > 400,
    )
    expect(long).toEqual([])
  })

  test('every setting is explained in the README', () => {
    const readme = read('README.md')
    expect(Object.keys(SETTINGS).filter((name) => !readme.includes(`\`${name}\``))).toEqual([])
  })

  test('the browser’s script stays under 10 KB', () => {
    expect(read('public/stet.js').length).toBeLessThan(10_240)
  })
})

function importsOf(from: string): Import[] {
  const text = read(from)
  return [...text.matchAll(/^(?:import|export)\s+(type\s+)?([^'"]*?)\s*from\s+'([^']+)'/gm)].map(
    ([, type, names = '', target = '']) => ({
      from,
      to: target.startsWith('.') ? normalize(join(dirname(from), target)).replaceAll('\\', '/') : target,
      isType: Boolean(type) || /^\{(\s*type\s+[^,}]+,?)+\s*\}$/.test(names),
      names,
    }),
  )
}

function filesIn(folder: string, ending: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .toSorted()
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8')
}
