import { z } from '@hono/zod-openapi'

export const portalSessionSchema = z
  .object({
    link: z.string().openapi({
      description: 'Opens the portal for this customer: once, within 24 hours. Give it to nobody else.',
      example: 'https://billing.example.com/session/8s1D…',
    }),
  })
  .openapi('PortalSession')

export type WirePortalSession = z.output<typeof portalSessionSchema>
