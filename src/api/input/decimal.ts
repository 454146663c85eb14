import { z } from '@hono/zod-openapi'

/** Units, or minor units with places behind the point. */
export function decimal(description: string, example = '100') {
  return z
    .string()
    .regex(/^\d{1,10}(?:\.\d{1,10})?$/, 'must be a decimal, such as "100" or "0.25"')
    .openapi({ description, example })
}

export function decimalAboveZero(description: string, example?: string) {
  return decimal(description, example).refine((value) => /[1-9]/.test(value), 'must be above 0')
}
