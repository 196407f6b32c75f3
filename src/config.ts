import { isIP } from 'node:net'
import { z } from 'zod'
import { isWebAddress } from './web/form.ts'

export type Config = {
  port: number
  host: string
  publicUrl: string
  dataDir: string
  /** False when dataDir is the default. */
  dataDirChosen: boolean
  databaseUrl: string | undefined
  databaseOwnerUrl: string | undefined
  poolSize: number
  allowUnsafeDurability: boolean
  /** How many proxies stand in front, or their addresses and networks. */
  trustProxy: number | string[]
  logLevel: string
  /** Where a fault in security is reported, as an address (mailto: or https:). */
  securityContact: string | undefined
}

/** What is wrong with the environment, a sentence each. */
export class ConfigFault extends Error {
  override name = 'ConfigFault'
  readonly sentences: string[]
  constructor(sentences: string[]) {
    super(sentences.join('\n'))
    this.sentences = sentences
  }
}

const LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const

/** Each setting: its default, what it means, and what it must be. The README's table is checked against this one. */
export const SETTINGS = {
  PORT: wholeNumber('3000', 0, 65535, 'PORT'),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'HOST must be an address to listen on, such as localhost or 0.0.0.0.')
    .default('localhost'),
  PUBLIC_URL: z
    .string()
    .refine(
      (value) => isWebAddress(value) && new URL(value).pathname === '/',
      'PUBLIC_URL must be the address people type, such as https://stet.example.org, without a path.',
    )
    .optional(),
  DATA_DIR: z.string().default('data'),
  DATABASE_URL: postgresAddress('DATABASE_URL').optional(),
  DATABASE_OWNER_URL: postgresAddress('DATABASE_OWNER_URL').optional(),
  DATABASE_POOL: wholeNumber('10', 2, 200, 'DATABASE_POOL'),
  ALLOW_UNSAFE_DURABILITY: z.enum(['yes', 'no'], { error: 'ALLOW_UNSAFE_DURABILITY must be yes or no.' }).default('no'),
  TRUST_PROXY: trustedProxies().optional(),
  SECURITY_CONTACT: z
    .string()
    .regex(
      /^(https:\/\/[\x21-\x7e]+|(mailto:)?[\x21-\x3f\x41-\x7e]+@[\w.-]+)$/,
      'SECURITY_CONTACT must be an e-mail address or an https address.',
    )
    .transform((value) => (/^(https|mailto):/.test(value) ? value : `mailto:${value}`))
    .optional(),
  LOG_LEVEL: z.enum(LEVELS, { error: `LOG_LEVEL must be one of ${LEVELS.join(', ')}.` }).default('info'),
} as const

/** Reads the environment; everything wrong is listed at once, in a ConfigFault. Empty variables count as not set. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, environment[name]?.trim() || undefined]))
  const read = z
    .object(SETTINGS)
    .refine(
      (settings) => !settings.DATABASE_OWNER_URL || settings.DATABASE_URL,
      // Also where a setting by itself is wrong, so that everything is said at once.
      {
        error: 'DATABASE_OWNER_URL is set without DATABASE_URL. Set both, or neither for the embedded database.',
        when: () => true,
      },
    )
    .refine((settings) => !settings.PUBLIC_URL?.startsWith('https:') || settings.TRUST_PROXY !== undefined, {
      error:
        'TRUST_PROXY is not set, though PUBLIC_URL is an https address, which a proxy in front of Stet answers. Set it to the proxy’s address (such as 10.0.0.5 or loopback), or to how many proxies there are; TRUST_PROXY=0 says that there is none. Without it everybody seems to come from one address, and one person’s wrong passwords would count for all.',
      when: () => true,
    })
    .safeParse(given)
  if (!read.success) throw new ConfigFault(read.error.issues.map((issue) => issue.message))
  const settings = read.data
  return {
    port: settings.PORT,
    host: settings.HOST,
    publicUrl: new URL(settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`).origin,
    dataDir: settings.DATA_DIR,
    dataDirChosen: given.DATA_DIR !== undefined,
    databaseUrl: settings.DATABASE_URL,
    databaseOwnerUrl: settings.DATABASE_OWNER_URL,
    poolSize: settings.DATABASE_POOL,
    allowUnsafeDurability: settings.ALLOW_UNSAFE_DURABILITY === 'yes',
    trustProxy: settings.TRUST_PROXY ?? 0,
    logLevel: settings.LOG_LEVEL,
    securityContact: settings.SECURITY_CONTACT,
  }
}

/** A number of proxies, or addresses and networks (CIDR) separated by commas; `loopback`, `linklocal` and `uniquelocal` are Express's names for such. */
function trustedProxies() {
  const sentence =
    'TRUST_PROXY must be how many proxies stand in front (0 to 10), or their addresses separated by commas, such as 10.0.0.5, 10.1.0.0/16 or loopback.'
  return z
    .string()
    .refine((value) => isCount(value) || namesOf(value).every(isProxy), sentence)
    .transform((value) => (isCount(value) ? Number(value) : namesOf(value)))
}

function isCount(value: string): boolean {
  return /^\d{1,2}$/.test(value) && Number(value) <= 10
}

function namesOf(value: string): string[] {
  return value.split(',').map((name) => name.trim())
}

function isProxy(name: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(name)) return true
  const [address = '', bits, ...more] = name.split('/')
  const version = isIP(address)
  if (!version || more.length) return false
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) > 0 && Number(bits) <= (version === 4 ? 32 : 128))
  )
}

function wholeNumber(fallback: string, least: number, most: number, name: string) {
  const sentence = `${name} must be a whole number from ${least} to ${most}.`
  return z
    .string()
    .regex(/^\d{1,6}$/, sentence)
    .default(fallback)
    .transform(Number)
    .refine((value) => value >= least && value <= most, sentence)
}

function postgresAddress(name: string) {
  return z
    .string()
    .refine(
      (value) => /^postgres(ql)?:\/\//.test(value) && URL.canParse(value),
      `${name} must be an address such as postgresql://user:password@host:5432/stet.`,
    )
}

/** Sentences for the operator about settings that work but cost something; `uid` is the process's user, undefined where the system has none. */
export function costsOfSettings(config: Config, uid: number | undefined): string[] {
  const notes: string[] = []
  if (uid === 0)
    notes.push(
      'Stet runs as root, which it does not need: a fault in it would be a fault with every right on this machine. Make it a user of its own ' +
        '(useradd --system --create-home stet), give that user the folder of DATA_DIR (chown -R stet data), and start it as that user (su stet -c "npm start").',
    )
  const isOpen = !['localhost', '127.0.0.1', '::1'].includes(config.host)
  if (typeof config.trustProxy === 'number' && config.trustProxy > 0 && isOpen)
    notes.push(
      `TRUST_PROXY is a number and HOST is ${config.host}: a person who reaches port ${config.port} without the proxy may give any address as their own. ` +
        'Let nothing but the proxy reach the port, or name the proxy’s address in TRUST_PROXY.',
    )
  return notes
}
