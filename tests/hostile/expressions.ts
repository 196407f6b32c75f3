// What may stand before a slash that begins an expression rather than a division: nothing, an operator, an opening bracket, or a word that takes a value.
const BEFORE =
  /(?:^|[=(,:?!&|[{};><*%^~]|(?<!\+)\+|(?<!-)-|\b(?:return|typeof|of|in|case|do|else|throw|void|await|yield|default))$/
const LITERAL = /^\/((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+)\/([dgimsuyv]*)/

/** Every regular expression that stands in a text of JavaScript or TypeScript, found by reading it token by token. */
export function expressionsIn(code: string): RegExp[] {
  const found: RegExp[] = []
  // For each template that is open, how many braces were open where its `${` stands.
  const templates: number[] = []
  let [at, braces, lastToken] = [0, 0, 0]

  while (at < code.length) {
    const [one, two] = [code.charAt(at), code.slice(at, at + 2)]
    if (two === '//') at = after('\n', at)
    else if (two === '/*') at = after('*/', at)
    else if (/\s/.test(one)) at += 1
    else {
      if (one === '/' && BEFORE.test(code.slice(Math.max(0, lastToken - 12), lastToken))) takeExpression()
      else if (one === '"' || one === "'") at = pastQuoted(at)
      else if (one === '`') at = pastTemplate(at + 1)
      else if (one === '}' && templates.at(-1) === braces) {
        templates.pop()
        at = pastTemplate(at + 1)
      } else {
        if (one === '{') braces += 1
        if (one === '}') braces -= 1
        at += 1
      }
      lastToken = at
    }
  }
  return found

  function takeExpression(): void {
    const [whole, source = '', flags = ''] = LITERAL.exec(code.slice(at, at + 2000)) ?? []
    if (!whole) throw new Error(`Neither an expression nor a division: ${code.slice(at - 40, at + 40)}`)
    found.push(new RegExp(source, flags))
    at += whole.length
  }

  /** The end of a template, or of what stands before its next `${`. */
  function pastTemplate(from: number): number {
    for (let to = from; to < code.length; to += code[to] === '\\' ? 2 : 1) {
      if (code[to] === '`') return to + 1
      if (code.startsWith('${', to)) {
        templates.push(braces)
        return to + 2
      }
    }
    return code.length
  }

  function pastQuoted(from: number): number {
    for (let to = from + 1; to < code.length; to += code[to] === '\\' ? 2 : 1)
      if (code[to] === code[from]) return to + 1
    return code.length
  }

  function after(mark: string, from: number): number {
    const end = code.indexOf(mark, from + 2)
    return end < 0 ? code.length : end + mark.length
  }
}

/** The code of a view. */
export function codeOf(view: string): string {
  return [...view.matchAll(/<%(?!#)[-=_]?([\s\S]*?)[-_]?%>/g)].map(([, code = '']) => code).join('\n;')
}
