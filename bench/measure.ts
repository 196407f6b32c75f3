import autocannon from 'autocannon'

/** What is asked, again and again. `next` makes each request another one. */
export type Target = {
  url: string
  headers?: Record<string, string>
  next?: () => { path: string; body: string }
}

/** What one slice took, in milliseconds a request. */
export type Times = { median: number; p95: number; requests: number }

/** How many answers of each connection are not counted: with the first ones sockets are opened, and connections to the database. */
const OPENING = 2

/**
 * Asks a target so many times over so many connections, each waiting for its answer before it asks again. A number of requests rather than of
 * seconds: the slowest answers of a loaded machine count too. Any answer but a good one ends the run.
 */
export async function slice(target: Target, connections: number, requests: number): Promise<Times> {
  const { url, next, headers = {} } = target
  const times: number[] = []
  const answered = new Map<autocannon.Client, number>()
  const statuses = new Map<number, number>()
  await new Promise<void>((resolve, reject) => {
    const cannon = autocannon(
      {
        url,
        connections,
        headers,
        timeout: 60,
        amount: requests,
        ...(next && {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
          requests: [{ method: 'POST', setupRequest: (request: autocannon.Request) => ({ ...request, ...next() }) }],
        }),
      },
      (fault, result) => {
        if (fault) reject(fault instanceof Error ? fault : new Error(String(fault)))
        else if (result.errors) reject(new Error(`${url}: ${result.errors} requests failed`))
        else resolve()
      },
    )
    cannon.on('response', (client, status, _bytes, time) => {
      const before = answered.get(client) ?? 0
      answered.set(client, before + 1)
      if (before >= OPENING) times.push(time)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    })
  })
  const good = next ? 303 : 200
  const wrong = [...statuses].filter(([status]) => status !== good)
  if (wrong.length) throw new Error(`${url}: ${wrong.map(([status, many]) => `${many} × ${status}`).join(', ')}`)
  return { median: quantile(times, 0.5), p95: quantile(times, 0.95), requests: times.length }
}

/** The value below which this share of the numbers lies. */
function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** The middle one, or the mean of the two in the middle. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2
}
