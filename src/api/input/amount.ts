import { z } from '@hono/zod-openapi'
import { MAX_AMOUNT } from '#billing/money.ts'

/** Minor units. */
export function amount() {
  return z.int().min(0).max(MAX_AMOUNT)
}

/** How many of something: at least one. */
export function quantity() {
  return z.int().min(1).max(9_000).openapi({ example: 1 })
}
