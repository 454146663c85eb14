import { z } from '@hono/zod-openapi'

export const customFieldResponsesSchema = z
  .array(z.object({ key: z.string().openapi({ example: 'team_size' }), value: z.string() }))
  .nullable()
  .openapi({ description: 'What the buyer answered to your own questions at the checkout; null where nothing was' })
