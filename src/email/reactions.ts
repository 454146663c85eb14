// Which event leads to which mail.
import { findCustomer } from '#core/customers/queries.ts'
import { queueEmail } from '#core/emails/queue-email.ts'
import type { Event } from '#core/events/dispatch-event.ts'
import type { TemplateName } from '#email/render-email.tsx'
import type { BusinessCtx } from '#src/context.ts'

const templates: Record<string, TemplateName> = {
  'access_link.requested': 'sign-in',
  'access_link.invited': 'invite',
}

/** Mails to the merchant's own address. */
const merchantTemplates: Record<string, TemplateName> = { 'webhook.disabled': 'webhook-disabled' }

/** Queues the mail an event asks for, in the language the customer uses; answers whether it asks for any. */
export async function react(ctx: BusinessCtx, event: Event): Promise<boolean> {
  const told = await tellMerchant(ctx, event)
  const template = templates[event.type]
  if (template === undefined || event.customer_id === null) return told
  const customer = await findCustomer(ctx, event.customer_id)
  if (customer === undefined || customer.erased_at !== null) return told
  const asked = (event.data as { locale?: unknown }).locale
  const locale = typeof asked === 'string' ? asked : (customer.locale ?? 'en')
  await queueEmail(ctx, {
    event_id: event.event_id,
    template,
    recipient: customer.email.trim(),
    locale,
    data: { resource_id: event.resource_id },
  })
  return true
}

async function tellMerchant(ctx: BusinessCtx, { type, event_id, resource_id }: Event): Promise<boolean> {
  const template = merchantTemplates[type]
  if (template === undefined) return false
  await queueEmail(ctx, { event_id, template, recipient: ctx.business.email, locale: 'en', data: { resource_id } })
  return true
}
