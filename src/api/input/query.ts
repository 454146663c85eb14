// Query parameters come as text.
import { z } from '@hono/zod-openapi'
import { instant } from './instant.ts'
import { id } from './text.ts'

export function booleanParam(description: string) {
  return z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .openapi({ type: 'boolean', description })
    .optional()
}

function integerParam(max: number, fallback: number, description: string) {
  return z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value <= max, `must be at most ${max}`)
    .default(fallback)
    .openapi({ type: 'integer', minimum: 0, maximum: max, default: fallback, description })
}

/** Which page of a list. */
export const pageParams = {
  page_number: integerParam(100_000, 0, 'Counted from 0'),
  page_size: integerParam(100, 10, 'How many a page holds'),
}

/** Where a list is read by a cursor. */
export const cursorParams = {
  limit: integerParam(100, 50, 'How many at most').refine((value) => value > 0, 'must be at least 1'),
  iterator: id().optional().openapi({ description: 'From the answer before' }),
}

export const createdParams = {
  created_at_gte: instant().optional().openapi({ description: 'Created at this time or later' }),
  created_at_lte: instant().optional().openapi({ description: 'Created at this time or earlier' }),
}

export const brandParam = {
  brand_id: id().optional().openapi({ description: 'Only this brand; the primary one has the id of the business' }),
}
