import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ejs from 'ejs'

const VIEWS = join(import.meta.dirname, '..', '..', 'views')
const KEPT = process.env.NODE_ENV !== 'development'

// The values are ours, chained by prototype; without the first EJS would copy them.
const OPTIONS = { unsafePrototypeLocals: true, rmWhitespace: true }

type Template = (values: object) => string

const templates = new Map<string, Template>()

/** Renders a view, named without its ending from the folder of views. */
export function rendered(view: string, values: object): string {
  return write(view, Object.assign(Object.create(null), values) as object)
}

/**
 * What a view includes sees the values around it and, on top, its own. EJS's own `include` looks for the file and copies all values twice
 * every time: a third of a list's page.
 */
function write(view: string, values: object): string {
  const include = (name: string, own?: object) =>
    write(join(view, '..', name), Object.assign(Object.create(values) as object, own))
  return templateOf(view)(Object.assign(values, { include }))
}

function templateOf(view: string): Template {
  const known = templates.get(view)
  if (known) return known
  const filename = join(VIEWS, `${view}.ejs`)
  const template = ejs.compile(readFileSync(filename, 'utf8'), { filename, ...OPTIONS })
  if (KEPT) templates.set(view, template)
  return template
}
