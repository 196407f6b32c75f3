import type { ClientConfig } from 'pg'

export interface Limits {
  statementMs: number
  lockMs: number
  idleInTransactionMs: number
}

/** Time-outs by use; 0 is none. A reader of an export may be slow, a page may not. */
export const LIMITS = {
  desk: { statementMs: 15_000, lockMs: 5_000, idleInTransactionMs: 15_000 },
  exports: { statementMs: 600_000, lockMs: 5_000, idleInTransactionMs: 60_000 },
  owner: { statementMs: 0, lockMs: 0, idleInTransactionMs: 0 },
} satisfies Record<string, Limits>

/** A connection with UTC and time-outs set from its first statement. Without UTC, Prisma reads hours wrongly. */
export function connection(to: ClientConfig, limits: Limits): ClientConfig {
  const { address, options } = takeOptions(to)
  const settings = {
    timezone: 'UTC',
    statement_timeout: limits.statementMs,
    lock_timeout: limits.lockMs,
    idle_in_transaction_session_timeout: limits.idleInTransactionMs,
  }
  const ours = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)
  return {
    application_name: 'stet',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    ...address,
    options: [options, ...ours].filter(Boolean).join(' '),
  }
}

// What an address says in its own options would otherwise replace ours as a whole.
function takeOptions(to: ClientConfig): { address: ClientConfig; options: string | undefined } {
  if (!to.connectionString?.includes('?')) return { address: to, options: to.options }
  const [start = '', query = ''] = to.connectionString.split('?', 2)
  const parameters = new URLSearchParams(query)
  const options = parameters.get('options') ?? to.options
  parameters.delete('options')
  const rest = parameters.toString()
  return { address: { ...to, connectionString: rest ? `${start}?${rest}` : start }, options }
}
