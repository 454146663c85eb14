import { z } from '@hono/zod-openapi'

export const activationsLimit = z
  .int()
  .min(1)
  .max(1_000_000)
  .openapi({ description: 'null: as many devices as wanted' })
