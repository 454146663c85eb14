// Reads a form a person sent: known fields only, text that is text, problems as message keys beside what was typed.

import { z } from 'zod'
import type { MessageKey } from '#i18n/translator.ts'
import { holdsCardNumber } from '#src/card-number.ts'

export type FormErrors<Name extends string> = Partial<Record<Name | 'form', MessageKey>>
export type Typed<Name extends string> = Partial<Record<Name, string>>

export type ParsedForm<Values> =
  | { ok: true; values: Values }
  | { ok: false; errors: FormErrors<keyof Values & string>; typed: Typed<keyof Values & string> }

/** What Hono's `parseBody({all: true})`, a FormData or a URLSearchParams holds. */
export type FormInput = FormData | URLSearchParams | Readonly<Record<string, unknown>>

// Sent along by the page itself, checked elsewhere.
const CARRIED = new Set(['csrf_token'])

/** Every field of `schema` is a string or absent; a field it does not know, a file, or one sent twice refuses the form. */
export function parseForm<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  input: FormInput,
): ParsedForm<z.output<z.ZodObject<Shape>>> {
  type Name = keyof Shape & string
  const fields = fieldsOf(input)
  const known = Object.fromEntries([...fields].filter(([name]) => Object.hasOwn(schema.shape, name)))
  const typed = typedOf(known) as Typed<Name>
  const foreign = [...fields].some(([name, value]) => !Object.hasOwn(known, name) || typeof value !== 'string')
  if (foreign) return { ok: false, errors: { form: 'error.form.unreadable' } as FormErrors<Name>, typed }
  const parsed = schema.safeParse(known)
  if (parsed.success) return { ok: true, values: parsed.data }
  const errors: Partial<Record<string, MessageKey>> = {}
  for (const { path, message } of parsed.error.issues) errors[String(path[0] ?? 'form')] ??= keyOf(message)
  return { ok: false, errors: errors as FormErrors<Name>, typed }
}

interface TextRules {
  /** Code points. */
  max: number
  required?: boolean
}

/** One line or more of text, trimmed; absent and empty are '' unless required. */
export function textField({ max, required = false }: TextRules) {
  const text = z
    .string('error.form.required')
    .refine(isText, 'error.form.characters')
    .transform((value) => value.replaceAll('\r\n', '\n').trim())
    .refine((value) => !required || value !== '', 'error.form.required')
    .refine((value) => codePoints(value) <= max, 'error.form.too_long')
    .refine((value) => !holdsCardNumber(value), 'error.form.card_number')
  return required ? text : text.default('')
}

/** One of a fixed list. `problem` says what to do where nothing of it was chosen. */
export function choiceField<const Values extends readonly string[]>(
  values: Values,
  problem: MessageKey = 'error.form.required',
) {
  return z.enum(values, problem)
}

const EMAIL = /^[^\s@"(),:;<>[\]\\]+@[^\s@"(),:;<>[\]\\.]+(?:\.[^\s@"(),:;<>[\]\\.]+)+$/u
const MAX_EMAIL = 254

export function emailField() {
  return textField({ max: MAX_EMAIL, required: true }).refine((value) => EMAIL.test(value), 'error.form.email')
}

/** Numbers as people write them: with a plus, spaces, dashes, brackets. */
const PHONE = /^\+?[\d\s()./-]{5,30}$/

export function phoneField({ required = false } = {}) {
  return textField({ max: 31 })
    .refine((value) => !required || value !== '', 'error.form.required')
    .refine((value) => value === '' || PHONE.test(value), 'error.form.phone')
}

/** Digits as people type them: Arabic-Indic ones count, spaces and dashes do not. */
export function codeField(length: number) {
  return z
    .string('error.form.required')
    .transform((value) => value.replaceAll(/[\s\-\u200e\u200f\u2066-\u2069]/g, '').replaceAll(/[٠-٩۰-۹]/g, latinDigit))
    .refine((value) => new RegExp(`^\\d{${length}}$`).test(value), 'error.form.code')
}

function latinDigit(digit: string): string {
  return String((digit.codePointAt(0) ?? 0) & 0xf)
}

function fieldsOf(input: FormInput): Map<string, unknown> {
  const fields = new Map<string, unknown>()
  const entries =
    input instanceof FormData || input instanceof URLSearchParams ? input.entries() : Object.entries(input)
  for (const [name, value] of entries) {
    if (!CARRIED.has(name)) fields.set(name, fields.has(name) ? undefined : value)
  }
  return fields
}

/** Safe to draw again: no NUL, no half of a character. */
function typedOf(known: Record<string, unknown>): Record<string, string> {
  const strings = Object.entries(known).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return Object.fromEntries(strings.map(([name, value]) => [name, value.replaceAll('\0', '').toWellFormed()]))
}

function isText(value: string): boolean {
  // Tab and line breaks are text, the other controls are not.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return value.isWellFormed() && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(value)
}

function codePoints(value: string): number {
  let count = 0
  for (const _ of value) count += 1
  return count
}

function keyOf(message: string): MessageKey {
  return message.startsWith('error.') ? (message as MessageKey) : 'error.form.unreadable'
}
