// Which event leads to which mails.
import { type Customer, findCustomer } from '#core/customers/queries.ts'
import { mailKinds } from '#core/emails/kinds.ts'
import { queueEmail } from '#core/emails/queue-email.ts'
import { readMailSwitches } from '#core/emails/switches.ts'
import type { Event } from '#core/events/dispatch-event.ts'
import type { Mail } from '#email/mail.ts'
import { mails, type TemplateName } from '#email/mails.ts'
import { isOurs } from '#email/sender.ts'
import type { BusinessCtx } from '#src/context.ts'

const reactions: Record<string, readonly TemplateName[]> = {
  'access_link.requested': ['sign-in'],
  'access_link.invited': ['invite'],
  'address_link.requested': ['address-sign-in'],
  'customer.email_change_requested': ['email-proof'],
  'customer.email_changed': ['email-changed'],
  'payment.succeeded': ['receipt', 'merchant-payment-succeeded'],
  'payment.failed': ['payment-failed', 'renewal-failed', 'change-failed', 'merchant-payment-failed'],
  'refund.succeeded': ['refunded', 'merchant-refund'],
  'subscription.active': ['reactivated', 'merchant-subscription-started'],
  'subscription.on_hold': ['on-hold'],
  'subscription.past_due': ['past-due'],
  'subscription.plan_changed': ['plan-changed', 'change-undone', 'merchant-plan-changed'],
  'subscription.updated': [
    'cancellation-scheduled',
    'cancellation-undone',
    'change-scheduled',
    'change-undone',
    'change-failed',
    'merchant-cancellation',
  ],
  'subscription.update_payment_method': ['method-updated'],
  'subscription.cancelled': ['cancelled', 'merchant-cancellation'],
  'subscription.expired': ['expired'],
  'subscription.paused': ['paused'],
  'subscription.unpaused': ['resumed'],
  'license_key.created': ['license-keys'],
  'entitlement_grant.delivered': ['delivered'],
  'dunning.step': ['dunning'],
  'reminder.upcoming_renewal': ['upcoming-renewal'],
  'reminder.trial_ending': ['trial-ending'],
  'reminder.pause_ending': ['pause-ending'],
  'reminder.card_expiring': ['card-expiring'],
  'dispute.opened': ['merchant-dispute'],
  'dispute.challenged': ['merchant-dispute'],
  'dispute.won': ['merchant-dispute'],
  'dispute.lost': ['merchant-dispute'],
  'dispute.accepted': ['merchant-dispute'],
  'dispute.cancelled': ['merchant-dispute'],
  'dispute.expired': ['merchant-dispute'],
  'webhook.disabled': ['webhook-disabled'],
}

/** Queues the mails an event asks for, each in the language of its reader; answers whether it asks for any. */
export async function react(ctx: BusinessCtx, event: Event): Promise<boolean> {
  const templates = reactions[event.type]
  if (templates === undefined || isPast(ctx, event)) return false
  const switches = await readMailSwitches(ctx)
  const wanted = templates.filter((template) => switches[mails[template].kind])
  if (wanted.length === 0) return false
  const customer = event.customer_id === null ? undefined : await findCustomer(ctx, event.customer_id)
  let wrote = false
  for (const template of wanted) {
    const { gather } = mails[template]
    const reader = await readerOf(ctx, event, { template, customer })
    if (reader === undefined) continue
    const facts = await gather(ctx, event, switches)
    if (facts === undefined) continue
    const { event_id, resource_id } = event
    await queueEmail(ctx, { event_id, template, ...reader, data: { resource_id, ...facts } })
    wrote = true
  }
  return wrote
}

/** A test clock may have jumped a year meanwhile: nobody is written to about what has long been past. */
const NEWS_FOR = Temporal.Duration.from({ hours: 24 * 7 })

function isPast(ctx: BusinessCtx, { occurred_at }: Event): boolean {
  if (ctx.mode === 'live') return false
  return Temporal.Instant.compare(occurred_at.add(NEWS_FOR), ctx.clock.now()) < 0
}

interface Reader {
  customer_id: string | null
  recipient: string
  locale: string
}

function merchantOf({ business }: BusinessCtx): Reader {
  return { customer_id: null, recipient: business.email, locale: 'en' }
}

interface Writing {
  template: TemplateName
  customer: Customer | undefined
}

async function readerOf(ctx: BusinessCtx, event: Event, { template, customer }: Writing): Promise<Reader | undefined> {
  const mail: Mail = mails[template]
  if (mailKinds[mail.kind].to === 'merchant') return merchantOf(ctx)
  if (customer === undefined || customer.erased_at !== null) return undefined
  const { locale, email_key } = event.data as { locale?: unknown; email_key?: unknown }
  // Meant for one address only: what opens something of it must not go to the one the customer has by now.
  if (email_key !== undefined && email_key !== customer.email_key) return undefined
  const recipient = mail.reader === undefined ? customer.email : await mail.reader(ctx, event)
  if (recipient === undefined) return undefined
  const customer_id = isOurs({ template }) ? null : customer.customer_id
  const spoken = typeof locale === 'string' ? locale : (customer.locale ?? 'en')
  return { customer_id, recipient: recipient.trim(), locale: spoken }
}
