// How a change is made where the request does not say: the collection decides, else the business, else the system.
import type { ProrationBillingMode } from '#billing/plan-change.ts'
import type { ChangeDefaults } from '#core/plan-changes/read-change-defaults.ts'
import { AppError } from '#src/errors.ts'

export interface ChangeOptions {
  effective_at: 'immediately' | 'next_billing_date'
  proration_billing_mode: ProrationBillingMode
  on_payment_failure: 'prevent_change' | 'apply_change'
}

/** Throws 422 only where the request itself names a mode that a scheduled change has no use for. */
export function resolveOptions(
  asked: Partial<ChangeOptions>,
  direction: 'upgrade' | 'downgrade',
  defaults: ChangeDefaults,
): ChangeOptions {
  const up = direction === 'upgrade'
  const mode = asked.proration_billing_mode
  if (asked.effective_at === 'next_billing_date' && mode !== undefined && mode !== 'full_immediately') {
    throw new AppError('INVALID_PRORATION_MODE_WITH_NEXT_BILLING_DATE', { field: 'proration_billing_mode' })
  }
  return {
    effective_at:
      asked.effective_at ??
      (up ? defaults.effective_at_on_upgrade : defaults.effective_at_on_downgrade) ??
      (up ? 'immediately' : 'next_billing_date'),
    proration_billing_mode:
      mode ??
      (up ? defaults.proration_billing_mode_on_upgrade : defaults.proration_billing_mode_on_downgrade) ??
      'difference_immediately',
    on_payment_failure: asked.on_payment_failure ?? defaults.on_payment_failure ?? 'apply_change',
  }
}
