// Kinds of values, each with the sentence that says what it should be.

import { readFileSync, statSync } from 'node:fs'
import { z } from '@hono/zod-openapi'
import { invoicePrefix as invoicePrefixSchema } from '#api/input/invoice-prefix.ts'
import { email as emailSchema, text as textSchema, webAddress as webAddressSchema } from '#api/input/text.ts'
import { timezone as timezoneSchema } from '#api/input/timezone.ts'
import { type Option, option } from '#cli/option.ts'
import { parseColor } from '#core/themes/parse-color.ts'
import { parseRadius } from '#core/themes/parse-radius.ts'
import { countrySchema, currencySchema } from '#wire/codes.ts'

export const name = (says: string) => option('NAME', says, textSchema({ max: 100 }))
export const shortText = (takes: string, says: string) => option(takes, says, textSchema({ max: 100 }))
export const email = (says: string) =>
  option(
    'ADDRESS',
    says,
    emailSchema().transform((value) => value.trim()),
  )
export const webAddress = (says: string) => option('URL', says, webAddressSchema())

/** In a shell without line breaks, \n stands for one. */
export const postalLines = (says: string) =>
  option(
    'LINES',
    says,
    z
      .string()
      .transform((value) => value.replaceAll('\\n', '\n'))
      .pipe(textSchema({ max: 500, lines: true })),
  )

export const country = (says: string) =>
  code('COUNTRY', says, countrySchema.options, 'must be an ISO 3166-1 code of two letters, such as SE')

export const currency = (says: string) =>
  code('CURRENCY', says, currencySchema.options, 'must be an ISO 4217 code of three letters, such as EUR')

function code<T extends string>(takes: string, says: string, known: readonly T[], error: string): Option<T, false> {
  const schema = z
    .string()
    .transform((value) => value.toUpperCase())
    .refine((value): value is T => (known as readonly string[]).includes(value), error)
  return option(takes, says, schema as unknown as z.ZodType<T>)
}

export const timezone = (says: string) => option('ZONE', says, timezoneSchema())
export const invoicePrefix = (says: string) => option('PREFIX', says, invoicePrefixSchema())

export const percent = (says: string) =>
  option(
    'PERCENT',
    says,
    z
      .string()
      .regex(/^\d{1,3}(\.\d{1,4})?$/, 'must be per cent with at most four decimals, such as 8.875')
      .transform(Number)
      .refine((value) => value <= 100, 'must be at most 100'),
  )

export const date = (says: string) =>
  option(
    'DATE',
    says,
    z.string().transform((value, issues) => {
      const known = /^\d{4}-\d\d-\d\d$/.test(value) ? dateOf(value) : undefined
      if (known !== undefined) return known
      issues.addIssue({ code: 'custom', message: 'must be a date such as 2027-01-01' })
      return z.NEVER
    }),
  )

function dateOf(text: string): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from(text)
  } catch {
    return undefined
  }
}

export function oneOf<const T extends string>(choices: readonly T[], says: string): Option<T, false> {
  return option(choices.join('|'), says, z.enum(choices, { error: `must be ${choices.join(' or ')}` }))
}

export const yesOrNo = (says: string) =>
  option(
    'true|false',
    says,
    z.enum(['true', 'false'], { error: 'must be true or false' }).transform((value) => value === 'true'),
  )

export const businessId = () =>
  option('BUSINESS', 'its id: bus_…', z.string().regex(/^bus_[0-9A-Za-z]{1,40}$/, 'must be an id such as bus_0abc'))

export const count = (says: string, max: number) =>
  option(
    'COUNT',
    says,
    z.coerce
      .number({ error: 'must be a whole number' })
      .int('must be a whole number')
      .min(1, 'must be at least 1')
      .max(max, `must be at most ${max}`),
  )

export const colorText = (says: string) =>
  option(
    'COLOUR',
    says,
    z.string().refine((value) => parseColor(value) !== undefined, 'must be a colour of CSS, such as #17493a'),
  )

export const radius = (says: string) =>
  option(
    'LENGTH',
    says,
    z.string().refine((value) => parseRadius(value) !== undefined, 'must be at most 32px or 2rem, such as 10px'),
  )

const MOST_BYTES = 1_048_576

/** The bytes of a file; - for none. */
export const pictureFile = (says: string) =>
  option(
    'FILE',
    `${says}; - takes it away`,
    z.string().transform((path, issues) => {
      if (path === '-') return null
      const bytes = readFile(path)
      if (bytes !== undefined) return bytes
      issues.addIssue({ code: 'custom', message: `must be a file that can be read; ${path} is none` })
      return z.NEVER
    }),
  )

function readFile(path: string): Buffer | undefined {
  try {
    return statSync(path).size > MOST_BYTES ? Buffer.alloc(MOST_BYTES) : readFileSync(path)
  } catch {
    return undefined
  }
}
