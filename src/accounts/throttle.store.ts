import { createHash } from 'node:crypto'
import type { Pool } from 'pg'
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { networkOf } from './network.ts'

const MINUTES = 15
// Wrong passwords in a quarter of an hour: for one address from one network, from one network at all (a newsroom shares one), and for one's own.
const PER_ADDRESS = 10
const PER_NETWORK = 100
const PER_ACCOUNT = 10

export type Throttle = ReturnType<typeof openThrottle>

/**
 * Counts attempts at passwords across all processes, in the database; in memory while it is away. Counting by address and network
 * together keeps a stranger elsewhere from locking somebody out.
 */
export function openThrottle(pool: Pool) {
  const address = limiter(pool, 'sign-in', PER_ADDRESS)
  const network = limiter(pool, 'network', PER_NETWORK)
  const account = limiter(pool, 'password', PER_ACCOUNT)
  return {
    /** Counts an attempt to sign in; answers the seconds to wait, 0 when it may go on. */
    async signIn(email: string, ip: string): Promise<number> {
      const from = networkOf(ip)
      return (await waitOf(network, from)) || (await waitOf(address, keyOf(email, from)))
    },
    /** Takes back what a right password cost. */
    async signedIn(email: string, ip: string): Promise<void> {
      const from = networkOf(ip)
      await Promise.all([address.delete(keyOf(email, from)), network.reward(from)])
    },
    /** Counts an attempt at one's own password; answers the seconds to wait, 0 when it may go on. */
    ownPassword: (accountId: number): Promise<number> => waitOf(account, String(accountId)),
    ownPasswordFits: async (accountId: number): Promise<void> => {
      await account.delete(String(accountId))
    },
  }
}

function limiter(pool: Pool, keyPrefix: string, points: number): RateLimiterPostgres {
  const duration = MINUTES * 60
  return new RateLimiterPostgres({
    storeClient: pool,
    storeType: 'pool',
    tableName: 'rate_limit',
    tableCreated: true,
    keyPrefix,
    points,
    duration,
    insuranceLimiter: new RateLimiterMemory({ keyPrefix, points, duration }),
  })
}

async function waitOf(limit: RateLimiterPostgres, key: string): Promise<number> {
  try {
    await limit.consume(key)
    return 0
  } catch (thrown) {
    if (thrown instanceof RateLimiterRes) return Math.max(1, Math.ceil(thrown.msBeforeNext / 1000))
    throw thrown
  }
}

/** No address is kept in clear. */
function keyOf(email: string, from: string): string {
  return createHash('sha256').update(`${email}\n${from}`).digest('hex').slice(0, 40)
}

/** The wait in words, in whole minutes. */
export function waitInWords(seconds: number): string {
  const minutes = Math.ceil(seconds / 60)
  return minutes === 1 ? 'a minute' : `${minutes} minutes`
}
