// A schema's verdict as one sentence that names the field and says what to do.

import type { z } from '@hono/zod-openapi'
import { AppError, type ErrorCode, errorTable } from '#src/errors.ts'

type Issue = z.core.$ZodIssue
type RawIssue = z.core.$ZodRawIssue

/** Throws `code` (or the code the issue carries) for the first problem. */
export function validate<Schema extends z.ZodType>(schema: Schema, input: unknown, code: ErrorCode): z.output<Schema> {
  const parsed = schema.safeParse(input, { error: wordsFor })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  if (issue === undefined) throw new AppError(code)
  const field = issue.path.map(String).join('.')
  const message = field === '' ? `The request ${issue.message}` : `${field} ${issue.message}`
  throw new AppError(codeOf(issue) ?? code, { message, field })
}

function codeOf(issue: Issue): ErrorCode | undefined {
  const code = issue.code === 'custom' ? issue.params?.code : undefined
  return typeof code === 'string' && code in errorTable ? (code as ErrorCode) : undefined
}

const MAX_LISTED = 12

function wordsFor(issue: RawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is required' : `must be ${typeName(String(issue.expected))}`
    case 'invalid_value':
      if (issue.input === undefined) return 'is required'
      return issue.values.length > MAX_LISTED
        ? 'is not one of the known codes'
        : `must be one of ${issue.values.join(', ')}`
    case 'too_small':
      return `must be at least ${sizeOf(issue.minimum, issue.origin)}`
    case 'too_big':
      return `must be at most ${sizeOf(issue.maximum, issue.origin)}`
    case 'invalid_union':
      return issue.input === undefined ? 'is required' : 'is not of a known kind'
    default:
      return 'is not valid'
  }
}

function typeName(expected: string): string {
  if (expected === 'int') return 'a whole number'
  if (expected === 'record') return 'an object'
  return /^[aeiou]/.test(expected) ? `an ${expected}` : `a ${expected}`
}

function sizeOf(limit: number | bigint, origin: string): string {
  if (origin === 'string') return `${limit} characters long`
  if (origin === 'array') return `${limit} items long`
  return String(limit)
}
