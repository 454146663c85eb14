// What an event is sent with: its resource as the API has it, read when it is sent.

import { withBrand } from '#core/brands/with-brands.ts'
import { getCreditLedgerEntry, getLowBalance } from '#core/credit-entitlements/read-entry.ts'
import { withCustomers } from '#core/customers/customers-by-id.ts'
import { getDispute } from '#core/disputes/get-dispute.ts'
import { getDunningAttempt } from '#core/dunning/queries.ts'
import { getGrant } from '#core/entitlements/queries.ts'
import { paymentUrls } from '#core/invoices/invoice-link.ts'
import { getLicenseKey } from '#core/licenses/queries.ts'
import { getPaymentWhole } from '#core/payments/payment-details.ts'
import { getRefund } from '#core/refunds/queries.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import type { PayloadKind } from '#core/webhooks/payload-kinds.ts'
import type { BusinessCtx } from '#src/context.ts'
import { creditLedgerEntryToWire } from '#wire/credit-balance.ts'
import { wholeDisputeToWire } from '#wire/dispute.ts'
import { dunningAttemptToWire } from '#wire/dunning-attempt.ts'
import { grantToWire } from '#wire/entitlement-grant.ts'
import { licenseKeyToWire } from '#wire/license-key.ts'
import { paymentToWire } from '#wire/payment.ts'
import { refundToWire } from '#wire/refund.ts'
import { rfc3339OrNull } from '#wire/rfc3339.ts'
import { subscriptionToWire } from '#wire/subscription.ts'

interface Payload {
  /** As the API names it. */
  payload_type: string
  load(ctx: BusinessCtx, resource_id: string): Promise<object>
}

export const payloads: Record<PayloadKind, Payload> = {
  payment: {
    payload_type: 'Payment',
    load: async (ctx, payment_id) => {
      const payment = await getPaymentWhole(ctx, payment_id)
      return withBrand(ctx, paymentToWire(payment, paymentUrls(ctx)))
    },
  },
  subscription: { payload_type: 'Subscription', load: loadSubscription },
  refund: {
    payload_type: 'Refund',
    load: async (ctx, refund_id) => withBrand(ctx, refundToWire(await getRefund(ctx, refund_id))),
  },
  dispute: {
    payload_type: 'Dispute',
    load: async (ctx, dispute_id) => withBrand(ctx, wholeDisputeToWire(await getDispute(ctx, dispute_id))),
  },
  license_key: {
    payload_type: 'LicenseKey',
    load: async (ctx, license_key_id) => withBrand(ctx, licenseKeyToWire(await getLicenseKey(ctx, license_key_id))),
  },
  entitlement_grant: {
    payload_type: 'EntitlementGrant',
    load: async (ctx, grant_id) => withBrand(ctx, grantToWire(await getGrant(ctx, grant_id))),
  },
  dunning: {
    payload_type: 'DunningAttempt',
    load: async (ctx, dunning_attempt_id) =>
      withBrand(ctx, dunningAttemptToWire(await getDunningAttempt(ctx, dunning_attempt_id))),
  },
  credit: {
    payload_type: 'CreditLedgerEntry',
    load: async (ctx, entry_id) => creditLedgerEntryToWire(await getCreditLedgerEntry(ctx, entry_id)),
  },
  'credit.balance_low': {
    payload_type: 'CreditBalanceLow',
    load: async (ctx, entry_id) => ({
      ...(await getLowBalance(ctx, entry_id)),
      brand_id: ctx.business.business_id,
    }),
  },
}

async function loadSubscription(ctx: BusinessCtx, subscription_id: string): Promise<object> {
  const [subscription] = await withCustomers(ctx, [await getSubscription(ctx, subscription_id)])
  if (subscription === undefined) throw new Error('one row stays one row')
  return { ...subscriptionToWire(subscription), past_due_ends_at: rfc3339OrNull(subscription.past_due_ends_at) }
}
