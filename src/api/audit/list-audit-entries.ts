import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { instant } from '#api/input/instant.ts'
import { pageParams } from '#api/input/query.ts'
import { id, text } from '#api/input/text.ts'
import { listAudit } from '#core/audit/list-audit.ts'
import { auditEntrySchema, auditEntryToWire } from '#wire/audit-entry.ts'
import { listSchema } from '#wire/list.ts'

export const listAuditEntriesEndpoint = endpoint(
  {
    method: 'get',
    path: '/portico/audit-entries',
    operation: 'listAuditEntries',
    noun: 'Audit',
    summary: 'List who did what',
    description: 'Whatever was changed, by customers, keys, commands and Portico itself. Entries are never changed.',
    query: z.object({
      ...pageParams,
      customer_id: id().optional().openapi({ description: 'Only what is this customer’s' }),
      resource_id: id().optional().openapi({ description: 'Only what was done to this' }),
      action: text({ max: 60 }).optional().openapi({ description: 'Only this', example: 'subscription.cancelled' }),
      recorded_at_gte: instant().optional().openapi({ description: 'Recorded at this time or later' }),
      recorded_at_lte: instant().optional().openapi({ description: 'Recorded at this time or earlier' }),
    }),
    answer: listSchema(auditEntrySchema),
  },
  async (ctx, { query }) => ({ items: (await listAudit(ctx, query, query)).map(auditEntryToWire) }),
)
