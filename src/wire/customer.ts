import { z } from '@hono/zod-openapi'
import type { Selectable } from 'kysely'
import type { DB } from '#db/schema.ts'
import { emptySchema } from './list.ts'
import { metadataSchema } from './metadata.ts'
import { rfc3339, timeSchema } from './rfc3339.ts'

const briefFields = {
  customer_id: z.string().openapi({ example: 'cus_0gyTQv4mR8nXw2LkP9sBd' }),
  name: z.string().openapi({ example: 'Mara Lind' }),
  email: z.string().openapi({ description: 'As it was entered', example: 'mara@example.com' }),
  phone_number: z.string().nullable().openapi({ example: '+46 8 123 456' }),
  metadata: metadataSchema,
}

/** Who bought, as payments and subscriptions name them. */
export const customerBriefSchema = z.object(briefFields).openapi('CustomerBrief')

export const customerSchema = z
  .object({
    ...briefFields,
    business_id: z.string().openapi({ example: 'bus_0gyTQuZ5hN3kJd7VcR1fW' }),
    created_at: timeSchema('When the customer was created'),
    blocked_at: emptySchema('When the customer was blocked'),
    blocklist_entry_id: emptySchema('The entry that blocks the customer'),
  })
  .openapi('Customer')

type CustomerRow = Selectable<DB['customers']>
export type CustomerBriefRow = Pick<CustomerRow, 'customer_id' | 'name' | 'email' | 'phone_number' | 'metadata'>
export type WireCustomerBrief = z.output<typeof customerBriefSchema>
export type WireCustomer = z.output<typeof customerSchema>

export function customerBriefToWire(row: CustomerBriefRow): WireCustomerBrief {
  const { customer_id, name, email, phone_number, metadata } = row
  return { customer_id, name, email, phone_number, metadata }
}

export function customerToWire(row: CustomerRow): WireCustomer {
  return {
    ...customerBriefToWire(row),
    business_id: row.business_id,
    created_at: rfc3339(row.created_at),
    blocked_at: null,
    blocklist_entry_id: null,
  }
}
