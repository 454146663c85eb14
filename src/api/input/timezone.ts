import { z } from '@hono/zod-openapi'

/** As the database of time zones writes it; an offset is not a time zone. */
export function timezone() {
  return z
    .string()
    .transform((value, issues) => {
      const known = zoneOf(value)
      if (known !== undefined) return known
      const message = 'must be a name of the IANA time zone database, such as Europe/Stockholm'
      issues.addIssue({ code: 'custom', message })
      return z.NEVER
    })
    .openapi({ example: 'Europe/Stockholm' })
}

function zoneOf(name: string): string | undefined {
  try {
    return /^[A-Za-z]/.test(name) ? new Temporal.ZonedDateTime(0n, name).timeZoneId : undefined
  } catch {
    return undefined
  }
}
