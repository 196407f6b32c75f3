import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { Server as NetServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

// In milliseconds: for the headers, for the whole request, and how often both are looked at, which Node by itself does twice a minute.
const LIMITS = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 1_000 }
// A client that takes nothing of an answer for so long does not get the rest.
const IDLE_ANSWER_MS = 60_000
// How long a kept connection that is idle stays open after a stop was asked for: a request may be on its way to us.
const GRACE_MS = 1_000
// How long a request under way may take to end after a stop was asked for.
const DRAIN_MS = 10_000

export type StoppableServer = {
  server: Server
  /** Takes no new connection, answers what arrives on those there are, says on each that it ends, and resolves when all are closed. */
  stop(): Promise<void>
}

/** A server that can be stopped without a request being dropped. */
export function createStoppableServer(listener: RequestListener): StoppableServer {
  let isStopping = false
  const underWay = new Set<ServerResponse>()
  const server = createServer(LIMITS, (req, res) => {
    underWay.add(res)
    res.once('close', () => underWay.delete(res))
    // Before the application sees it: an answer that is sent at once takes no header afterwards.
    if (isStopping) res.setHeader('connection', 'close')
    listener(req, res)
  })
  server.setTimeout(IDLE_ANSWER_MS)
  return { server, stop }

  async function stop(): Promise<void> {
    isStopping = true
    for (const res of underWay) if (!res.headersSent) res.setHeader('connection', 'close')
    // The HTTP server's own close() would cut every idle connection at once, also one whose next request is on its way.
    const closed = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()))
    await Promise.race([closed, delay(GRACE_MS, null, { ref: false })])
    const idle = setInterval(() => server.closeIdleConnections(), 50)
    const limit = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
    await closed
    clearInterval(idle)
    clearTimeout(limit)
    // Ends the HTTP server's own check of its connections' time limits.
    server.close()
  }
}
