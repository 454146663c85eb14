import { z } from '@hono/zod-openapi'

export const errorSchema = z
  .object({
    code: z.string().openapi({ description: 'Stable name of the problem', example: 'NOT_FOUND' }),
    message: z.string().openapi({ description: 'What went wrong, for a person', example: 'There is no such customer' }),
  })
  .openapi('Error', { description: 'How every failure is answered' })

export type WireError = z.output<typeof errorSchema>
