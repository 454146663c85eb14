import { z } from '@hono/zod-openapi'

/** As every time is sent: UTC, to the microsecond. */
export function rfc3339(instant: Temporal.Instant): string {
  return instant.toString({ fractionalSecondDigits: 6 })
}

export function rfc3339OrNull(instant: Temporal.Instant | null): string | null {
  return instant === null ? null : rfc3339(instant)
}

export function timeSchema(description: string) {
  return z.string().openapi({ description, format: 'date-time', example: '2026-03-31T09:30:00.000000Z' })
}
