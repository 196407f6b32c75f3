/** A value as it stands in a form's body or an address: percent-encoded already, so that it may be no UTF-8 at all. */
export type Value = { name: string; encoded: string; isLarge?: true }

const e = encodeURIComponent

// Stands in a body for bytes that are no UTF-8, sent as they are.
const RAW = '\uE0FF'
const RAW_BYTES = Buffer.from([0x61, 0xff, 0xfe, 0xc3, 0x28, 0x80, 0xed, 0xa0, 0x80, 0xf0, 0x9f, 0x62])

/** A body as it is sent. */
export function bytesOf(body: string): string | Buffer {
  const [first = '', ...rest] = body.split(RAW)
  return rest.length
    ? Buffer.concat([Buffer.from(first), ...rest.flatMap((part) => [RAW_BYTES, Buffer.from(part)])])
    : first
}

/** A value for an address, where bytes have to be escaped. */
export function escaped(encoded: string): string {
  return encoded.replaceAll(RAW, '%FF%FE%C3%28')
}

/** What `inert.ts` looks for: where one of these stands unescaped, a page would run it. */
const MARKUP = {
  'a script': '<script>stet()</script>',
  'an image': '<img src=x onerror=stet()>',
  'out of an attribute': '"><img src=x onerror=stet()>',
  'out of a single-quoted attribute': "' onmouseover=stet() x='",
  'an attribute': '" onfocus="stet()" autofocus="',
  'out of a text area': '</textarea><script>stet()</script>',
  'out of a title': '</title></style><svg onload=stet()>',
  'out of a comment': '--><script>stet()</script>',
  'a script address': 'javascript:stet()',
  'a script address in capitals': ' JaVaScRiPt:stet()//https://example.org',
  'a data address': 'data:text/html,<script>stet()</script>',
  'an address with markup': 'https://example.org/"><script>stet()</script>',
  'an address with a quote': "https://example.org/?a='onmouseover=stet()",
  'an address with a name': 'https://user:secret@example.org/',
  'a template': '<%= 7 * 7 %>${7*7}{{7*7}}',
  'an entity': '&lt;script&gt;stet()&lt;/script&gt;&#60;img src=x&#62;',
}

const TEXTS = {
  'a formula': '=HYPERLINK("http://example.org","x")',
  'a formula after a quote': "'=1+1",
  'a formula with a plus': '+1+cmd|" /C calc"!A0',
  'a formula with a minus': '-2+3',
  'a formula with an at': '@SUM(1)',
  'a formula after a tab': '\t=1',
  'a wide formula': '＝1',
  "a cell's end": '",\r\n=1,"',
  'a quote': "'",
  'a double quote': '"',
  'a backslash': '\\',
  'a pattern': '%_[^a]*',
  'a statement': "'); drop table claim; --",
  'a search': '"a -b or (c:* & !d) <-> \' :',
  'a way up': '../../../../etc/passwd',
  'another host': '//example.org/',
  'right to left': '\u202Eevil\u2066txt',
  'zero width': '\u200B\u200D\uFEFF',
  'a hundred marks': `a${'\u0301\u0327'.repeat(50)}`,
  controls: '\u0001\u0008\u001B[31m\u007F\u0085\u2028',
  'no character': '\uFFFE\u{10FFFF}\u{1F9FF}',
  'a long ligature': '\uFDFA'.repeat(300),
  'a wide number': '٣٤ १२ 壹',
  turkish: 'İıſß',
  zero: '0',
  'minus one': '-1',
  'two to the 31st': '2147483648',
  'two to the 53rd': '9007199254740993',
  'thirty digits': '9'.repeat(30),
  'fifty digits': '1'.repeat(50),
  'past the largest': '1e309',
  'not a number': 'NaN',
  infinity: '-Infinity',
  hexadecimal: '0x1F',
  'a small fraction': '0.00000000000000000001',
  'year nought': '0000',
  'month nought': '2022-00',
  'no such day': '2022-02-30',
  'no such hour': '2022-01-07T25:61',
  'the last hour': '9999-12-31T24:00',
  'a far year': '99999-01-01',
  'a written day': '31 February 2022',
  'an instant': '2022-01-07T14:30:00+99:99',
  'a number sign': '#1',
  'a large number sign': '(#99999999999)',
  empty: '',
  blank: ' \n\t ',
  'a prototype': '__proto__',
  'a constructor': 'constructor',
  'a method': 'toString',
  nothing: 'null',
  'a truth': 'true',
  yes: 'yes',
  one: '1',
  separators: ';;;\n;;\n'.repeat(30),
  'two thousand letters': 'x'.repeat(2000),
  'six thousand letters': 'Wort '.repeat(1200),
}

export const VALUES: readonly Value[] = [
  ...Object.entries({ ...MARKUP, ...TEXTS }).map(([name, text]) => ({ name, encoded: e(text) })),
  { name: 'a NUL', encoded: 'a%00b' },
  { name: 'half a pair', encoded: 'a%ED%A0%80b' },
  { name: 'no UTF-8', encoded: '%FF%C3%28' },
  { name: 'a pair the wrong way round', encoded: 'a%ED%B0%80%ED%A0%80b' },
  { name: 'an overlong NUL', encoded: 'a%C0%80b' },
  { name: 'an overlong way up', encoded: '%C0%AE%C0%AE%C0%AF' },
  { name: 'five bytes', encoded: '%F8%88%80%80%80' },
  { name: 'half a letter', encoded: '%E2%80' },
  { name: 'a pair as code units', encoded: '%uD83D%uDE00' },
  { name: 'a broken escape', encoded: '%%zz%4' },
  { name: 'raw bytes', encoded: RAW },
]

const ASSURED = [
  'a script',
  'a double quote',
  'a quote',
  'a script address',
  'a NUL',
  'half a pair',
  'a pair the wrong way round',
  'no UTF-8',
  'raw bytes',
  'a hundred marks',
  'right to left',
  'zero width',
  'controls',
]

/** What every field of text meets alone, so that nothing else in its form is refused. */
export const ALONE: readonly Value[] = VALUES.filter(({ name }) => ASSURED.includes(name))

export const LARGE: readonly Value[] = [
  { name: '64 K marks', encoded: `a${'%CC%81%CC%A7'.repeat(32_000)}`, isLarge: true },
  { name: 'a megabyte', encoded: 'x'.repeat(1_000_000), isLarge: true },
  { name: 'a megabyte of quotes', encoded: '"'.repeat(1_000_000), isLarge: true },
  { name: 'ten megabytes', encoded: 'x'.repeat(10_000_000), isLarge: true },
]

/** Ways in which a field can be said. */
export const SHAPES: readonly { name: string; said: (field: string, value: string) => string }[] = [
  { name: 'twice', said: (field, value) => `${field}=${value}&${field}=${value}` },
  { name: 'a list', said: (field, value) => `${field}[]=${value}&${field}[]=x` },
  { name: 'a far index', said: (field, value) => `${field}[999999]=${value}` },
  { name: 'an object', said: (field, value) => `${field}[a]=${value}` },
  { name: 'a prototype', said: (field, value) => `${field}[__proto__][role]=${value}&__proto__[role]=admin` },
  { name: 'a constructor', said: (field, value) => `${field}[constructor][prototype][a]=${value}` },
  { name: 'methods', said: (field, value) => `${field}[toString]=${value}&${field}[length]=9&${field}[then]=1` },
  { name: 'nested', said: (field, value) => `${field}${'[a]'.repeat(20)}=${value}` },
  { name: 'nested deeply', said: (field, value) => `${field}${'[a]'.repeat(60)}=${value}` },
  { name: 'nothing', said: () => '' },
  {
    name: 'a thousand times',
    said: (field, value) =>
      Array(990)
        .fill(`${field}=${value.slice(0, 20)}`)
        .join('&'),
  },
  { name: 'among ten thousand', said: (field) => Array.from({ length: 10_000 }, (_, n) => `${field}${n}=1`).join('&') },
  { name: 'without a name', said: (_, value) => `=${value}&&&=&[]=${value}&[a]=1&]=[` },
]

/** Bodies that are no form, with their headers. */
export const BODIES: readonly { name: string; headers: Record<string, string>; body: string | Buffer }[] = [
  { name: 'JSON', headers: { 'content-type': 'application/json' }, body: '{"__proto__":{"role":"admin"},"a":[1]}' },
  { name: 'text', headers: { 'content-type': 'text/plain' }, body: 'a=1' },
  { name: 'no type', headers: { 'content-type': '' }, body: 'a=1' },
  { name: 'a broken type', headers: { 'content-type': 'application/x-www-form-urlencoded; charset=";' }, body: 'a=1' },
  {
    name: 'parts',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    body: '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n',
  },
  { name: 'a list of JSON', headers: { 'content-type': 'application/json' }, body: `[${'['.repeat(5000)}` },
  { name: 'XML', headers: { 'content-type': 'text/xml' }, body: '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' },
  { name: 'a prototype', headers: {}, body: '__proto__[role]=admin&constructor[prototype][role]=admin&__proto__=1' },
  { name: 'a list', headers: {}, body: '[]=1&[0]=2&0=3&a[]=4&a[0]=5&a[b]=6&a=7' },
  { name: 'ten megabytes', headers: {}, body: `a=${'x'.repeat(10_000_000)}` },
  ...['utf-16', 'utf-7', 'x-unknown', 'iso-8859-1'].map((charset) => ({
    name: `charset ${charset}`,
    headers: { 'content-type': `application/x-www-form-urlencoded; charset=${charset}` },
    body: Buffer.from('a=%E4\xff\xfe&\0=1', 'latin1'),
  })),
  ...['gzip', 'deflate', 'br', 'zstd', 'identity, gzip', 'x-unknown'].map((encoding) => ({
    name: `encoded as ${encoding}`,
    headers: { 'content-encoding': encoding },
    body: 'a=1&b=2',
  })),
  { name: 'raw bytes', headers: {}, body: Buffer.from([0, 255, 254, 61, 38, 91, 93, 37, 0, 192, 128]) },
  { name: 'nothing', headers: {}, body: '' },
]
