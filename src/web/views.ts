import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ejs from 'ejs'

const VIEWS = join(import.meta.dirname, '..', '..', 'views')
const KEPT = process.env.NODE_ENV !== 'development'

// Values are copied already; without the first EJS would copy them once more.
const OPTIONS = { unsafePrototypeLocals: true, rmWhitespace: true, _with: false }

type Values = Record<string, unknown>
type Written = (values: Values) => string

/** A view where it is shown: `given` are the names of what it is handed there, `included` the views that it includes there. */
type Place = { view: string; given: ReadonlySet<string>; written: Written; included: Map<string, Place> }

const compiled = new Map<string, Written>()
const NOWHERE: Place = { view: 'page', given: new Set(), written: () => '', included: new Map() }

/** Renders a view, named without its ending from the folder of views. */
export function rendered(view: string, values: object): string {
  return write(placeIn(NOWHERE, view, values), {}, values)
}

/**
 * What a view includes sees the values around it and, on top, its own. EJS by itself looks every name up among all values each time it is
 * met, and copies them twice for an include: more than half of what a page costs. Here names are variables, found once for each place.
 */
function write(place: Place, around: Values, own?: object): string {
  const values: Values = { ...around, ...own }
  values.include = (view: string, given?: object) => write(placeIn(place, view, given), values, given)
  return place.written(values)
}

function placeIn(around: Place, name: string, own?: object): Place {
  let key = name
  for (const word in own) key += ` ${word}`
  const known = around.included.get(key)
  if (known) return known
  const view = join(around.view, '..', name)
  const given = new Set([...around.given, ...Object.keys(own ?? {})])
  const place = { view, given, written: compiledWith(view, given), included: new Map() }
  if (KEPT) around.included.set(key, place)
  return place
}

/** A view whose variables are the values that it names and is given: to name another is a fault. */
function compiledWith(view: string, given: ReadonlySet<string>): Written {
  const filename = join(VIEWS, `${view}.ejs`)
  const text = readFileSync(filename, 'utf8')
  const destructuredLocals = wordsOf(text).filter((word) => given.has(word))
  const key = `${view} ${destructuredLocals.join()}`
  const known = compiled.get(key)
  if (known) return known
  // In a block, so that it may also call something of its own as it calls a value.
  const block = `<% { const { include } = locals -%>${text}<% } %>`
  const written = ejs.compile(block, { ...OPTIONS, filename, destructuredLocals })
  if (KEPT) compiled.set(key, written)
  return written
}

/** Every word in a view's code that is no property: the names of its variables are among them. */
function wordsOf(text: string): string[] {
  const code = [...text.matchAll(/<%(?!#)([^]*?)%>/g)].map(([, inside = '']) => inside).join('\n')
  return [...new Set(code.match(/(?<![\w$]|(?<!\.\.)\.)[A-Za-z_$][\w$]*/g))]
}
