// The only reader of process.env: every setting and its default on one page.
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { StartupError } from '#db/startup-error.ts'
import type { S3Settings } from '#storage/s3.ts'

const url = (name: string) =>
  z
    .url({ protocol: /^https?$/, error: `${name} must be a URL such as https://billing.example.com` })
    .transform((value) => new URL(value))
    .refine((value) => value.pathname === '/' && value.search === '' && value.hash === '', `${name} must have no path`)
    .transform((value) => value.origin)

const isRange = (part: string) => ipaddr.isValid(part) || ipaddr.isValidCIDR(part)

const list = () =>
  z
    .string()
    .default('')
    .transform((value) =>
      value
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )

const schema = z.object({
  /** Where to listen. A container sets 0.0.0.0; nothing else is reachable from outside by default. */
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number('PORT must be a number').int().min(0).max(65535).default(3000),
  /** Public URL of test mode; `http://localhost:$PORT` by default. */
  PORTICO_TEST_URL: url('PORTICO_TEST_URL').optional(),
  /** Public URL of live mode; without it live mode is off. */
  PORTICO_LIVE_URL: url('PORTICO_LIVE_URL').optional(),
  /** A PostgreSQL of your own, 15 or later; without it Portico starts one in DATA_DIR. */
  DATABASE_URL: z.string().min(1).optional(),
  DATA_DIR: z.string().min(1).default('data'),
  /** At least 32 characters. Test mode on the embedded database makes one in DATA_DIR. */
  SECRET_KEY: z.string().min(32, 'SECRET_KEY needs at least 32 characters').optional(),
  /** Comma-separated: what SECRET_KEY was before; they only open what they once encrypted. */
  SECRET_KEYS_BEFORE: list().refine(
    (keys) => keys.every((key) => key.length >= 32),
    'SECRET_KEYS_BEFORE must be keys of at least 32 characters',
  ),
  MAIL_FROM: z.email('MAIL_FROM must be an e-mail address').optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'SMTP_URL must begin with smtp:// or smtps://' }).optional(),
  /** Comma-separated CIDRs whose X-Forwarded-For is believed. */
  TRUSTED_PROXIES: list().refine(
    (parts) => parts.every(isRange),
    'TRUSTED_PROXIES must be addresses or CIDRs such as 10.0.0.0/8',
  ),
  /** Comma-separated CIDRs inside your own network to which webhooks may be sent; otherwise only public addresses are. */
  EGRESS_ALLOW_CIDRS: list().refine(
    (parts) => parts.every(isRange),
    'EGRESS_ALLOW_CIDRS must be addresses or CIDRs such as 10.1.0.0/16',
  ),
  /** How much all files of one business may take in each mode, in GiB. */
  FILES_PER_BUSINESS_GB: z.coerce
    .number('FILES_PER_BUSINESS_GB must be a number')
    .positive('FILES_PER_BUSINESS_GB must be more than 0')
    .max(1_000_000)
    .default(50),
  /** An object store for files, instead of DATA_DIR/files; with it both keys are needed. */
  S3_BUCKET: z.string().min(1).optional(),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  S3_REGION: z.string().min(1).optional(),
  /** Where it is not Amazon's own, such as https://s3.eu-central-1.example.com. */
  S3_ENDPOINT: url('S3_ENDPOINT').optional(),
  /** The bucket in the path; by default where S3_ENDPOINT is set. */
  S3_FORCE_PATH_STYLE: z.enum(['true', 'false'], 'S3_FORCE_PATH_STYLE must be true or false').optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export interface Config {
  host: string
  port: number
  test_url: string
  live_url: string | undefined
  database_url: string | undefined
  data_dir: string
  secret_key: string | undefined
  secret_keys_before: string[]
  mail_from: string | undefined
  smtp_url: string | undefined
  trusted_proxies: string[]
  egress_allow_cidrs: string[]
  /** Bytes. */
  files_per_business: number
  /** Undefined: files lie in DATA_DIR. */
  s3: S3Settings | undefined
  log_level: z.output<typeof schema>['LOG_LEVEL']
}

/** Throws a StartupError that names the setting and says what it should be. An empty variable counts as unset. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(given)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new StartupError(`${issue?.message ?? 'The settings are not valid'} (${String(issue?.path[0] ?? '')}).`)
  }
  const values = parsed.data
  return {
    host: values.HOST,
    port: values.PORT,
    test_url: values.PORTICO_TEST_URL ?? `http://localhost:${values.PORT}`,
    live_url: values.PORTICO_LIVE_URL,
    database_url: values.DATABASE_URL,
    data_dir: values.DATA_DIR,
    secret_key: values.SECRET_KEY,
    secret_keys_before: values.SECRET_KEYS_BEFORE,
    mail_from: values.MAIL_FROM,
    smtp_url: values.SMTP_URL,
    trusted_proxies: values.TRUSTED_PROXIES,
    egress_allow_cidrs: values.EGRESS_ALLOW_CIDRS,
    files_per_business: Math.floor(values.FILES_PER_BUSINESS_GB * 1024 ** 3),
    s3: readS3(values),
    log_level: values.LOG_LEVEL,
  }
}

/** All of it or nothing: half a store would be found out with the first file. */
function readS3(values: z.output<typeof schema>): S3Settings | undefined {
  const { S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_REGION, S3_ENDPOINT, S3_FORCE_PATH_STYLE } = values
  if (S3_BUCKET !== undefined && S3_ACCESS_KEY_ID !== undefined && S3_SECRET_ACCESS_KEY !== undefined) {
    return {
      bucket: S3_BUCKET,
      region: S3_REGION ?? 'us-east-1',
      endpoint: S3_ENDPOINT,
      access_key_id: S3_ACCESS_KEY_ID,
      secret_access_key: S3_SECRET_ACCESS_KEY,
      force_path_style: S3_FORCE_PATH_STYLE === undefined ? S3_ENDPOINT !== undefined : S3_FORCE_PATH_STYLE === 'true',
    }
  }
  const needed = { S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY }
  const given = Object.entries({ ...needed, S3_REGION, S3_ENDPOINT, S3_FORCE_PATH_STYLE }).find(([, value]) => value)
  if (given === undefined) return undefined
  const missing = Object.entries(needed).flatMap(([name, value]) => (value === undefined ? [name] : []))
  throw new StartupError(`${given[0]} turns the object store on, which also needs ${missing.join(', ')}.`)
}
