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
  trustProxy: number
  logLevel: string
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
  TRUST_PROXY: wholeNumber('0', 0, 10, 'TRUST_PROXY'),
  LOG_LEVEL: z.enum(LEVELS, { error: `LOG_LEVEL must be one of ${LEVELS.join(', ')}.` }).default('info'),
} as const

/** Reads the environment; everything wrong is listed at once, in a ConfigFault. Empty variables count as not set. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, environment[name]?.trim() || undefined]))
  const read = z
    .object(SETTINGS)
    .refine(
      (settings) => !settings.DATABASE_OWNER_URL || settings.DATABASE_URL,
      'DATABASE_OWNER_URL is set without DATABASE_URL. Set both, or neither for the embedded database.',
    )
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
    trustProxy: settings.TRUST_PROXY,
    logLevel: settings.LOG_LEVEL,
  }
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
