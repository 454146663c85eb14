// The dynamic link: made by the merchant for one customer, one use, 24 hours.
import { recordAudit } from '#core/audit/record-audit.ts'
import { getCustomerToServe } from '#core/customers/queries.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { createLink } from '#core/sessions/create-link.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

const LIFETIME = Temporal.Duration.from({ hours: 24 })

export interface Invite {
  customer_id: string
  /** Shown in the portal as "Return to {business}"; the caller vouches for it. */
  return_url?: string | null
  /** Mails the link to the customer as well. */
  send_email?: boolean
}

/** The link's URL. */
export async function createInvite(outer: BusinessCtx, input: Invite): Promise<string> {
  return inTransaction(outer, async (ctx) => {
    const { customer_id } = await getCustomerToServe(ctx, input.customer_id)
    const { return_url = null } = input
    const { link_id, token } = await createLink(ctx, { customer_id, purpose: 'invite', lifetime: LIFETIME, return_url })
    if (input.send_email === true) {
      await recordEvent(ctx, { type: 'access_link.invited', resource_id: link_id, customer_id })
    }
    await recordAudit(ctx, { action: 'access_link.created', resource_id: link_id, customer_id })
    return ctx.urls.session(token)
  })
}
