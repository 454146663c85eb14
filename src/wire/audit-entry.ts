import { z } from '@hono/zod-openapi'
import type { AuditRow } from '#core/audit/list-audit.ts'
import { rfc3339, timeSchema } from './rfc3339.ts'

export const auditEntrySchema = z
  .object({
    audit_id: z.string(),
    action: z.string().openapi({ description: 'What was done to what', example: 'subscription.cancelled' }),
    resource_id: z.string(),
    customer_id: z.string().nullable().openapi({ description: 'Whose it is' }),
    actor_type: z.string().openapi({ description: 'customer, api_key, operator or system', example: 'customer' }),
    actor_id: z.string().openapi({ description: 'Of the customer, of the key; of the command or the job otherwise' }),
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    occurred_at: timeSchema('By the time of the business'),
    recorded_at: timeSchema('By the time of the machine; another one where the test clock was moved'),
  })
  .openapi('AuditEntry')

export function auditEntryToWire(row: AuditRow): z.output<typeof auditEntrySchema> {
  const { audit_id, action, resource_id, customer_id, actor_type, actor_id, details } = row
  return {
    ...{ audit_id, action, resource_id, customer_id, actor_type, actor_id, details },
    occurred_at: rfc3339(row.occurred_at),
    recorded_at: rfc3339(row.recorded_at),
  }
}
