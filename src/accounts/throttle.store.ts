import { createHash } from 'node:crypto'
import type { Pool } from 'pg'
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { networkOf } from './network.ts'

const MINUTES = 15

/** How many attempts a quarter of an hour allows, by what they are counted by. */
const LIMITS = {
  /** One account from one network. */
  'sign-in': 10,
  /** One network, whatever the account: a newsroom shares one. */
  network: 100,
  /** One account, from wherever: an attacker may have many networks, or pretend to. */
  account: 50,
  /** A browser that has signed in to the account before; no other limit holds for it. */
  browser: 10,
  /** One's own password while signed in. */
  password: 20,
  /** A new password by a one-time link. */
  link: 20,
} as const satisfies Record<string, number>

type Limit = keyof typeof LIMITS

/** Where an attempt to sign in comes from. */
export type Attempt = {
  email: string
  ip: string
  /** Of a browser that has signed in to this account before. */
  knownBrowser: string | null
}

export type Throttle = ReturnType<typeof openThrottle>

/**
 * Counts attempts at passwords across all processes, in the database; in memory while it is away. A stranger elsewhere never locks a person
 * out of a browser that they have used before. No address is kept in clear.
 */
export function openThrottle(pool: Pool) {
  const limiters = Object.fromEntries(
    (Object.keys(LIMITS) as Limit[]).map((limit) => [limit, limiter(pool, limit)]),
  ) as Record<Limit, RateLimiterPostgres>

  return {
    /** Counts an attempt to sign in; answers the seconds to wait, 0 when it may go on. */
    async signIn(attempt: Attempt): Promise<number> {
      for (const [limit, key] of keysOf(attempt)) {
        const wait = await waitOf(limiters[limit], key)
        if (wait) return wait
      }
      return 0
    },
    /** Takes back what a right password cost. */
    async signedIn(attempt: Attempt): Promise<void> {
      await Promise.all(
        keysOf(attempt).map(([limit, key]) =>
          limit === 'sign-in' || limit === 'browser' ? limiters[limit].delete(key) : limiters[limit].reward(key),
        ),
      )
    },
    /** Counts an attempt at one's own password; answers the seconds to wait, 0 when it may go on. */
    ownPassword: (accountId: number): Promise<number> => waitOf(limiters.password, String(accountId)),
    ownPasswordFits: async (accountId: number): Promise<void> => {
      await limiters.password.delete(String(accountId))
    },
    /** Counts a new password sent by a one-time link; answers the seconds to wait, 0 when it may go on. */
    newPassword: (link: string): Promise<number> => waitOf(limiters.link, digestOf(link)),
  }
}

function keysOf({ email, ip, knownBrowser }: Attempt): [Limit, string][] {
  if (knownBrowser) return [['browser', digestOf(`${email}\n${knownBrowser}`)]]
  const from = networkOf(ip)
  return [
    ['network', from],
    ['sign-in', digestOf(`${email}\n${from}`)],
    ['account', digestOf(email)],
  ]
}

function limiter(pool: Pool, limit: Limit): RateLimiterPostgres {
  const [points, duration] = [LIMITS[limit], MINUTES * 60]
  return new RateLimiterPostgres({
    storeClient: pool,
    storeType: 'pool',
    tableName: 'rate_limit',
    tableCreated: true,
    keyPrefix: limit,
    points,
    duration,
    insuranceLimiter: new RateLimiterMemory({ keyPrefix: limit, points, duration }),
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

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 40)
}

/** The wait in words, in whole minutes. */
export function waitInWords(seconds: number): string {
  const minutes = Math.ceil(seconds / 60)
  return minutes === 1 ? 'a minute' : `${minutes} minutes`
}
