import { z } from '@hono/zod-openapi'

export const metadataSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).openapi('Metadata', {
  description: 'Your own notes: at most 50 pairs, keys of 40 and values of 500 characters',
  example: { plan_source: 'pricing-page', seats: 3 },
})
