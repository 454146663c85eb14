import { z } from '@hono/zod-openapi'

/** What stands before the numbers of invoices; in capitals. */
export function invoicePrefix() {
  return z
    .string()
    .transform((value) => value.toUpperCase())
    .refine((value) => /^[A-Z0-9-]{1,12}$/.test(value), 'must be at most 12 letters, digits and hyphens')
    .openapi({ example: 'LS' })
}
