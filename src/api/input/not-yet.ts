import type { z } from '@hono/zod-openapi'

/**
 * A field of the API that is not served here. Left out, null, false or empty it is harmless; anything else is refused, because to
 * ignore it would be to do something else than asked.
 */
export function notYet<Schema extends z.ZodType>(schema: Schema): Schema {
  return schema
    .refine(isUnset, 'is not supported here; leave it out')
    .openapi({ description: 'Not supported yet: refused unless empty' }) as Schema
}

function isUnset(value: unknown): boolean {
  return value === null || value === undefined || value === false || (Array.isArray(value) && value.length === 0)
}
