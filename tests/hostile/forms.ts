import { decoded } from './inert.ts'

/** A form of a page as a browser would send it: its fields with their values, and the buttons that send it. */
export type PageForm = { method: string; action: string; fields: [string, string][]; buttons: [string, string][] }

/** The forms of a page, closed details included. */
export function formsOf(html: string): PageForm[] {
  const forms: (PageForm & { id: string; from: number; to: number })[] = []
  for (const found of html.matchAll(/<form\b([^>]*)>[\s\S]*?<\/form>/g)) {
    const attributes = attributesOf(found[1] ?? '')
    const [method = 'get', action = '', id = ''] = [attributes.method, attributes.action, attributes.id]
    const to = found.index + found[0].length
    if (method !== 'dialog') forms.push({ method, action, id, from: found.index, to, fields: [], buttons: [] })
  }
  for (const found of html.matchAll(/<(input|button|select|textarea)\b([^>]*)>/g)) {
    const [, element = '', rest = ''] = found
    const attributes = attributesOf(rest)
    const form =
      attributes.form === undefined
        ? forms.find(({ from, to }) => from < found.index && found.index < to)
        : forms.find(({ id }) => id === attributes.form)
    if (!form || attributes.name === undefined) continue
    const field: [string, string] = [attributes.name, valueOf(element, attributes, html.slice(found.index))]
    if (element === 'button' || attributes.type === 'submit') form.buttons.push(field)
    else if (isSent(attributes) || !form.fields.some(([name]) => name === field[0])) {
      const fields = form.fields.filter(
        ([name]) => name !== field[0] || (element === 'input' && attributes.type === 'hidden'),
      )
      form.fields.splice(0, form.fields.length, ...fields, isSent(attributes) ? field : [field[0], ''])
    }
  }
  return forms
}

function isSent({ type, checked }: Record<string, string>): boolean {
  return (type !== 'radio' && type !== 'checkbox') || checked !== undefined
}

function valueOf(element: string, attributes: Record<string, string>, after: string): string {
  if (element === 'textarea') return decoded(/>\n?([\s\S]*?)<\/textarea>/.exec(after)?.[1] ?? '')
  if (element !== 'select') return attributes.value ?? ''
  const options = [...after.slice(0, after.indexOf('</select>')).matchAll(/<option\b([^>]*)>/g)].map(([, rest = '']) =>
    attributesOf(rest),
  )
  return (options.find(({ selected }) => selected !== undefined) ?? options[0])?.value ?? ''
}

function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [name, decoded(value)]),
  )
}
