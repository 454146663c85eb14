// Signs customers in the way a browser is: an invitation, and a person who follows it.

import { consumeLink } from '#core/sessions/consume-link.ts'
import { createInvite } from '#core/sessions/create-invite.ts'
import type { BusinessCtx } from '#src/context.ts'

const AT_ONCE = 8

/** Session cookies, each of another customer, chosen evenly from all of them. */
export async function openSessions(ctx: BusinessCtx, count: number): Promise<string[]> {
  const customers = await ctx.db
    .selectFrom('customers')
    .select('customer_id')
    .where('business_id', '=', ctx.business.business_id)
    .orderBy((eb) => eb.fn('md5', ['customer_id']))
    .limit(count)
    .execute()
  const cookies: string[] = []
  const signInTheRest = async () => {
    for (let next = customers.pop(); next !== undefined; next = customers.pop()) {
      cookies.push(await signIn(ctx, next.customer_id))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, signInTheRest))
  return cookies
}

/** The cookie of a session of this customer. */
export async function signIn(ctx: BusinessCtx, customer_id: string): Promise<string> {
  const link = await createInvite(ctx, { customer_id })
  const token = new URL(link).pathname.split('/').at(-1) ?? ''
  const consumed = await consumeLink(ctx, token, { cookie: undefined, user_agent: 'bench' })
  if (consumed.type !== 'opened') throw new Error(`the link of ${customer_id} was ${consumed.type}`)
  return `portico_test_session=${consumed.session.token}`
}
