// Text as it may come in. Lengths are code points; messages are predicates, put behind the field's name by validate.ts.
import { z } from '@hono/zod-openapi'
import { holdsCardNumber } from '#src/card-number.ts'

interface TextRules {
  max: number
  /** May hold line breaks. */
  lines?: boolean
}

/** At least one visible character, at most `max`, without control characters. Kept as it was typed. */
export function text({ max, lines = false }: TextRules) {
  return z
    .string()
    .superRefine((value, issues) => {
      const problem = problemOf(value, max, lines)
      if (problem !== undefined) issues.addIssue({ code: 'custom', message: problem })
    })
    .openapi({ minLength: 1, maxLength: max })
}

function problemOf(value: string, max: number, lines: boolean): string | undefined {
  if (value.trim() === '') return 'must not be blank'
  if ((lines ? CONTROL_BUT_LINES : CONTROL).test(value)) return 'must not hold control characters or line breaks'
  if (holdsCardNumber(value)) return 'must not hold a card number'
  if (value.length > max && [...value].length > max) return `must be at most ${max} characters long`
  return undefined
}

const CONTROL = /\p{Cc}/u
const CONTROL_BUT_LINES = /(?![\t\n\r])\p{Cc}/u

/** An id of ours in a body or a query; whether it leads anywhere is the verb's to say. */
export function id(example?: string) {
  return z
    .string()
    .regex(/^[0-9A-Za-z_-]{1,64}$/, 'is not an id')
    .openapi({ example })
}

const ADDRESS = /^[^\s@"(),:;<>[\]\\]{1,64}@[^\s@"(),:;<>[\]\\.]+(?:\.[^\s@"(),:;<>[\]\\.]+)+$/u

/** One address. Spaces around it stay, as everything that was typed; it is compared without them. */
export function email() {
  return text({ max: 254 })
    .refine((value) => ADDRESS.test(value.trim()), 'must be one e-mail address, such as mara@example.com')
    .openapi({ format: 'email', example: 'mara@example.com' })
}

export function phoneNumber() {
  return z
    .string()
    .regex(/^\+?[0-9][0-9 ()./-]{2,30}$/, 'must be a phone number, such as +46 8 123 456')
    .openapi({ example: '+46 8 123 456' })
}

/** An absolute http or https address without a password in it. */
export function webAddress() {
  return z
    .string()
    .max(2_048)
    .refine(isWebAddress, 'must be an absolute http or https address')
    .openapi({ format: 'uri', example: 'https://shop.example.com/account' })
}

function isWebAddress(value: string): boolean {
  if (!/^https?:\/\/[^\s\\]+$/i.test(value) || !URL.canParse(value)) return false
  const { username, password } = new URL(value)
  return username === '' && password === ''
}
