/*
 * A thousand connections that keep a desk waiting: some say nothing, some stop within their headers, some within their body. Says how long
 * others waited meanwhile, and how long the desk put up with each kind.
 *
 *   node --import tsx bench/idle.ts http://127.0.0.1:3000 'stet_session=…' [seconds]
 */
import { get } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

const [, , desk = '', cookie = '', seconds = '38'] = process.argv
const { hostname, port } = new URL(desk)

const HEAD = 'POST /sign-in HTTP/1.1\r\nHost: desk\r\n'
// What each kind says before it stops, how many there are, and the seconds after which the desk should have hung up.
const KINDS = {
  'said nothing': { says: '', count: 400, most: 13 },
  'stopped in the headers': { says: HEAD, count: 300, most: 13 },
  'stopped in the body': {
    says: `${HEAD}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nemail=a`,
    count: 300,
    most: 34,
  },
}

const faults: string[] = []
const sockets = Object.entries(KINDS).flatMap(([kind, { says, count }]) =>
  Array.from({ length: count }, () => idle(kind, says)),
)
const waits = await probe(Number(seconds))
for (const [kind, { most, count }] of Object.entries(KINDS)) {
  const own = sockets.filter((socket) => socket.kind === kind)
  const open = own.filter(({ closed }) => closed === null)
  const longest = Math.max(...own.map(({ closed }) => closed ?? Number(seconds)))
  console.log(
    `${count} connections that ${kind}: hung up after ${longest.toFixed(1)} s at most, ${open.length} still open`,
  )
  if (open.length || longest > most) faults.push(`${kind}: ${longest.toFixed(1)} s`)
}
for (const { socket } of sockets) socket.destroy()
const p99 = waits.toSorted((a, b) => a - b)[Math.floor(waits.length * 0.99)] ?? 0
console.log(`others waited ${p99.toFixed(3)} s at the 99th percentile, of ${waits.length}`)
console.log(`found ${faults.length} worst ${p99.toFixed(3)}`)

type Idle = { kind: string; socket: Socket; closed: number | null }

function idle(kind: string, says: string): Idle {
  const begun = performance.now()
  const socket = connect(Number(port), hostname, () => socket.write(says))
  const one: Idle = { kind, socket, closed: null }
  socket.on('error', () => {})
  socket.on('data', () => {})
  socket.on('close', () => {
    one.closed = (performance.now() - begun) / 1000
  })
  return one
}

/** Asks for a page ten times a second, and answers how long each took in seconds; 10 for one that never came. */
async function probe(forSeconds: number): Promise<number[]> {
  const asked: Promise<number>[] = []
  for (let at = 0; at < forSeconds * 10; at += 1) {
    asked.push(pageTime())
    await delay(100)
  }
  return Promise.all(asked)
}

function pageTime(): Promise<number> {
  const begun = performance.now()
  return new Promise((resolve) => {
    const late = () => resolve(10)
    const asked = get(`${desk}/claims`, { headers: { cookie }, agent: false, timeout: 10_000 }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve(answer.statusCode === 200 ? (performance.now() - begun) / 1000 : 10))
    })
    asked.on('timeout', () => asked.destroy())
    asked.on('error', late)
  })
}
