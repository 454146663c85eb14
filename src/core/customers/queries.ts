import { type Selectable, sql } from 'kysely'
import { emailKey } from '#core/customers/email-key.ts'
import { offsetOf, type Page } from '#core/paging.ts'
import { from } from '#core/scope.ts'
import { inOrder, together } from '#core/together/together.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'

export type Customer = Selectable<DB['customers']>

export async function findCustomer(ctx: BusinessCtx, customer_id: string): Promise<Customer | undefined> {
  return together(ctx, findCustomers, customer_id)
}

async function findCustomers(ctx: BusinessCtx, ids: readonly string[]): Promise<(Customer | undefined)[]> {
  const customers = await from(ctx, 'customers')
    .selectAll()
    .where(sql<boolean>`customer_id = any(${[...new Set(ids)]})`)
    .execute()
  return inOrder(ids, customers, ({ customer_id }) => customer_id)
}

export async function getCustomer(ctx: BusinessCtx, customer_id: string): Promise<Customer> {
  const customer = await findCustomer(ctx, customer_id)
  if (customer === undefined) throw notFound('customer')
  return customer
}

/** A customer with whom something new may begin. Throws UNSUPPORTED_ACTION for one who was erased. */
export async function getCustomerToServe(ctx: BusinessCtx, customer_id: string): Promise<Customer> {
  const customer = await getCustomer(ctx, customer_id)
  if (customer.erased_at === null) return customer
  throw new AppError('UNSUPPORTED_ACTION', { message: 'The customer was erased; create another' })
}

/** The customer an address leads to: compared trimmed and in lower case, the oldest first where one address has several. */
export async function findCustomerByEmail(ctx: BusinessCtx, email: string): Promise<Customer | undefined> {
  return from(ctx, 'customers')
    .selectAll()
    .where('email_key', '=', emailKey(email))
    .orderBy('created_at')
    .orderBy('customer_id')
    .executeTakeFirst()
}

export interface CustomerFilter {
  email?: string
  name?: string
  created_at_gte?: Temporal.Instant
  created_at_lte?: Temporal.Instant
}

export async function listCustomers(ctx: BusinessCtx, filter: CustomerFilter, page: Page): Promise<Customer[]> {
  let query = from(ctx, 'customers').selectAll()
  if (filter.email !== undefined) query = query.where('email_key', '=', emailKey(filter.email))
  if (filter.name !== undefined) query = query.where(sql`position(lower(${filter.name}) in lower(name))`, '>', 0)
  if (filter.created_at_gte !== undefined) query = query.where('created_at', '>=', filter.created_at_gte)
  if (filter.created_at_lte !== undefined) query = query.where('created_at', '<=', filter.created_at_lte)
  return query
    .orderBy('created_at', 'desc')
    .orderBy('customer_id', 'desc')
    .limit(page.page_size)
    .offset(offsetOf(page))
    .execute()
}
