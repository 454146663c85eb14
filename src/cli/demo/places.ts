// Where to click: new one-time links into the portal for every customer of the demo, and the doors around it.
import { describeCustomer } from '#cli/demo/describe-customer.ts'
import { getDemoKey } from '#core/api-keys/demo-key.ts'
import { getBusinessCtx } from '#core/businesses/queries.ts'
import { findCustomer } from '#core/customers/queries.ts'
import { createInvite } from '#core/sessions/create-invite.ts'
import type { Demo } from '#core/unscoped/find-demos.ts'
import { withActor } from '#src/context.ts'
import type { ModeRuntime } from '#src/modes.ts'

export interface DemoPlaces {
  business_id: string
  business_name: string
  start_url: string
  /** Where a customer of several businesses signs in. */
  everywhere_url: string
  login_url: string
  api_url: string
  api_key: string
  api_docs_url: string
  mailbox_url: string
  customers: { customer_id: string; name: string; email: string; state: string; portal_url: string }[]
}

export async function findPlaces({ ctx: outer }: Pick<ModeRuntime, 'ctx'>, demo: Demo): Promise<DemoPlaces> {
  const ctx = await getBusinessCtx(withActor(outer, { type: 'operator', id: 'cli' }), demo.business_id)
  const { urls, business } = ctx
  const customers: DemoPlaces['customers'] = []
  for (const customer_id of demo.customer_ids) {
    const customer = await findCustomer(ctx, customer_id)
    if (customer === undefined) continue
    const { name, email } = customer
    const state = await describeCustomer(ctx, customer_id)
    customers.push({ customer_id, name, email, state, portal_url: await createInvite(ctx, { customer_id }) })
  }
  return {
    business_id: business.business_id,
    business_name: business.name,
    start_url: urls.dev(),
    everywhere_url: urls.home(),
    login_url: urls.login(business.business_id),
    api_url: urls.api(),
    api_key: await getDemoKey(ctx),
    api_docs_url: urls.apiDocs(),
    mailbox_url: urls.mailbox(),
    customers,
  }
}
