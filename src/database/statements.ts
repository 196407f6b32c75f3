// Strings, names, dollar-quoted bodies and comments, each whole; then the semicolon; then anything else.
const PIECES = /'(?:[^']|'')*'|"[^"]*"|(\$\w*\$)[\s\S]*?\1|--[^\n]*|\/\*[\s\S]*?\*\/|;|[\s\S]/g

/** The statements of an SQL script, split at semicolons that end one; comments alone are none. */
export function splitStatements(script: string): string[] {
  const statements: string[] = []
  let text = ''
  let says = false
  for (const [piece] of script.matchAll(PIECES)) {
    if (piece === ';') {
      if (says) statements.push(text.trim())
      text = ''
      says = false
    } else {
      text += piece
      if (!/^(?:--|\/\*|\s)/.test(piece)) says = true
    }
  }
  return says ? [...statements, text.trim()] : statements
}
