import { Agent, request } from 'node:http'
import { connect } from 'node:net'

export type Asked = {
  method?: string
  path: string
  token?: string
  headers?: Record<string, string>
  /** Sent to the letter, as a form unless the headers say otherwise. */
  body?: string | Buffer
  /** Leaves out the headers of a form. */
  isBare?: boolean
}

export type Answered = { status: number; headers: Record<string, string | string[] | undefined>; text: string }

/** Asks a desk over kept connections, with nothing between: what is sent is sent to the letter. */
export function client(address: string) {
  const { port, hostname } = new URL(address)
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  let asked = 0

  return {
    count: () => asked,
    close: () => agent.destroy(),

    /** As a page of the desk itself. */
    ask: ({ headers = {}, ...rest }: Asked) =>
      plain({ ...rest, headers: { 'sec-fetch-site': 'same-origin', ...headers } }),
    plain,

    /** Writes bytes to a connection of their own, ends it, and answers whatever came back until it closed or `patience` ended. */
    bytes(text: string, patience = 2000): Promise<string> {
      asked += 1
      return new Promise((resolve) => {
        const socket = connect(Number(port), hostname)
        let back = ''
        const end = () => {
          socket.destroy()
          resolve(back)
        }
        socket.setTimeout(patience, end)
        socket.on('data', (piece) => {
          back += piece.toString('latin1')
        })
        socket.on('close', end)
        socket.on('error', end)
        socket.end(text, 'latin1')
      })
    },
  }

  /** With no headers but those given. */
  function plain({ method = 'GET', path, token, headers = {}, body, isBare }: Asked): Promise<Answered> {
    asked += 1
    const cookie: Record<string, string> = token ? { cookie: `stet_session=${token}` } : {}
    const form: Record<string, string> =
      body === undefined || isBare
        ? {}
        : { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(Buffer.byteLength(body)) }
    return new Promise((resolve, reject) => {
      const options = {
        agent,
        hostname,
        port,
        method,
        path,
        headers: { ...cookie, ...form, ...headers },
      }
      const outgoing = request(options, (incoming) => {
        const pieces: Buffer[] = []
        incoming.on('data', (piece: Buffer) => pieces.push(piece))
        incoming.on('error', reject)
        incoming.on('end', () => {
          const text = Buffer.concat(pieces).toString('utf8')
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text })
        })
      })
      outgoing.on('error', (fault: NodeJS.ErrnoException) => {
        // A body that is refused before its end may break the connection before the answer is read.
        if (fault.code === 'EPIPE' || fault.code === 'ECONNRESET') resolve({ status: 0, headers: {}, text: '' })
        else reject(fault)
      })
      outgoing.end(body)
    })
  }
}

export type Client = ReturnType<typeof client>
