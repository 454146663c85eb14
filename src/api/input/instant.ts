import { z } from '@hono/zod-openapi'

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i

/** A moment in RFC 3339. */
export function instant() {
  return z
    .string()
    .transform((value, issues) => {
      const parsed = RFC3339.test(value) ? parse(value) : undefined
      if (parsed !== undefined) return parsed
      issues.addIssue({ code: 'custom', message: 'must be a time such as 2026-03-31T09:30:00Z' })
      return z.NEVER
    })
    .openapi({ format: 'date-time', example: '2026-03-31T09:30:00Z' })
}

function parse(value: string): Temporal.Instant | undefined {
  try {
    return Temporal.Instant.from(value)
  } catch {
    return undefined
  }
}
