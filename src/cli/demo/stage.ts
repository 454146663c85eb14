// Where the story is played: the business at its present moment, and who has come so far.

import type { Hono } from 'hono'
import type { Catalog } from '#cli/demo/catalog.ts'
import { type PersonName, people } from '#cli/demo/people.ts'
import { getBusinessCtx } from '#core/businesses/queries.ts'
import { createCustomer } from '#core/customers/create-customer.ts'
import { advanceTestClock } from '#core/test-clock/advance-test-clock.ts'
import type { BusinessCtx } from '#src/context.ts'

/** The sandbox's hosted pages. */
export type Pages = Pick<Hono, 'request'>

/** Where somebody buys. */
export interface Shop {
  ctx: BusinessCtx
  readonly pages: Pages
  /** customer_id by name, in the order in which they came. */
  readonly customers: Map<PersonName, string>
  /** The subscription each bought last. */
  readonly subscriptions: Map<PersonName, string>
}

export interface Stage extends Shop {
  readonly catalog: Catalog
}

export function openShop(ctx: BusinessCtx, pages: Pages): Shop {
  return { ctx, pages, customers: new Map(), subscriptions: new Map() }
}

/** Everything due until then happens at its own moment. */
export async function playTo(stage: Shop, at: Temporal.Instant): Promise<void> {
  await advanceTestClock(stage.ctx, at)
  stage.ctx = await getBusinessCtx(stage.ctx, stage.ctx.business.business_id)
}

export async function customerOf(stage: Shop, person: PersonName): Promise<string> {
  const known = stage.customers.get(person)
  if (known !== undefined) return known
  const { name, email, locale, phone_number } = people[person]
  const { customer_id } = await createCustomer(stage.ctx, { name, email, locale, phone_number })
  stage.customers.set(person, customer_id)
  return customer_id
}
