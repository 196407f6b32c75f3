import { hash, verify } from '@node-rs/argon2'
import { Busy } from '../errors.ts'

// OWASP's second recommendation for argon2id and more: 64 MiB, three passes, one lane (RFC 9106).
const COST = { memoryCost: 65_536, timeCost: 3, parallelism: 1 }
// Each takes 64 MiB and a core for a fifth of a second.
const AT_ONCE = 2
// Some four seconds' work: whoever comes later is asked to come again.
const LONGEST_QUEUE = 20

// Made with COST from random bytes that nobody kept: verifying against it takes as long as against anybody's.
const NOBODYS = '$argon2id$v=19$m=65536,t=3,p=1$Y6pyalEtqMYxlYrouHDmYg$uU4b6xs6GonK4sbZW/gz7nqium2+K/0W7P/FiVf1yMk'

/** What is kept of a password: argon2id in its own notation. Throws Busy when too many wait for theirs. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, COST))
}

/** Whether the password is the one that was kept; takes as long when there is none. Throws Busy when too many wait for theirs. */
export async function isPassword(kept: string | null, password: string): Promise<boolean> {
  const fits = await inTurn(() => verify(kept ?? NOBODYS, password))
  return kept !== null && fits
}

const TOO_MANY =
  'Too many people are signing in or choosing a password at this moment. Nothing was changed; try again in a few seconds.'

let underWay = 0
const waiting: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (underWay < AT_ONCE) underWay += 1
  else if (waiting.length >= LONGEST_QUEUE) throw new Busy(TOO_MANY)
  else await new Promise<void>((resolve) => waiting.push(resolve))
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else underWay -= 1
  }
}
