import { command } from '#cli/command.ts'
import { businessOfMode } from '#cli/open.ts'
import { clearable, flag, required } from '#cli/option.ts'
import { table } from '#cli/table.ts'
import { UsageError } from '#cli/usage-error.ts'
import {
  businessId,
  count,
  country,
  currency,
  email,
  invoicePrefix,
  name,
  oneOf,
  pictureFile,
  postalLines,
  shortText,
  timezone,
  webAddress,
  yesOrNo,
} from '#cli/values.ts'
import { getSettings } from '#core/businesses/queries.ts'
import { setBusiness } from '#core/businesses/set-business.ts'
import { setSettings } from '#core/businesses/set-settings.ts'
import { logoOf } from '#core/themes/read-theme.ts'
import { setTheme } from '#core/themes/set-theme.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

const moments = ['immediately', 'next_billing_date'] as const
const modes = ['prorated_immediately', 'difference_immediately', 'full_immediately', 'do_not_bill'] as const

export const businessSet = command({
  name: 'business set',
  says: 'Changes what is named and leaves the rest. Who the business is holds in both modes, what it allows in one.',
  options: {
    business: required(businessId()),
    live: flag('what it allows, and the logo, in live mode; test mode if left out'),
    name: name('as its customers know it'),
    email: email('where its customers’ answers go'),
    legal_name: clearable(shortText('NAME', 'on invoices')),
    address: clearable(postalLines('on invoices; \\n between the lines')),
    country: clearable(country('on invoices: SE')),
    tax_id: clearable(shortText('ID', 'on invoices')),
    currency: currency('of new products'),
    timezone: timezone('in which its pages tell dates'),
    support_email: clearable(email('shown to customers')),
    invoice_prefix: invoicePrefix('before invoice numbers'),
    rate_limit_tier: oneOf(['0', '1', '2', 'unlimited'], 'how much its API keys may ask; unlimited is for tests'),
    return_url: clearable(webAddress('where the portal leads back to')),
    allow_multiple_subscriptions: yesOrNo('may a customer hold several'),
    allow_subscription_updates: yesOrNo('may customers change their plan'),
    allow_subscription_cancellation: yesOrNo('may customers cancel'),
    allow_cancellation_at_next_billing_date: yesOrNo('may they do so for the next billing date'),
    allow_subscription_pause: yesOrNo('may customers pause'),
    bill_usage_at_pause: yesOrNo('is usage billed when a pause begins'),
    refund_unused_time: yesOrNo('does cancelling at once give back what is left of the period'),
    effective_at_on_upgrade: clearable(oneOf(moments, 'when a dearer plan begins')),
    effective_at_on_downgrade: clearable(oneOf(moments, 'when a cheaper plan begins')),
    proration_billing_mode_on_upgrade: clearable(oneOf(modes, 'what a dearer plan charges')),
    proration_billing_mode_on_downgrade: clearable(oneOf(modes, 'what a cheaper plan charges')),
    on_payment_failure: clearable(oneOf(['prevent_change', 'apply_change'], 'what an unpaid change becomes')),
    collect_plan_change_payments_by_payment_link: yesOrNo('may the API ask for a link to pay for a change of plan'),
    payment_retries: yesOrNo('are declined renewals tried again by themselves'),
    payment_retry_window_days: count('for how long after the first decline', 30),
    grace_period: yesOrNo('does a declined renewal leave access for a while'),
    grace_period_days: count('for how long', 30),
    grace_period_action: oneOf(['on_hold', 'cancel_subscription'], 'what comes when it is over'),
    dunning_on_hold: yesOrNo('are customers on hold reminded'),
    dunning_past_due: yesOrNo('are customers in their grace period reminded'),
    dunning_cancelled: yesOrNo('are customers who cancelled asked to come back'),
    dunning_step_1_days: clearable(count('when the first reminder goes', 60)),
    dunning_step_2_days: clearable(count('when the second goes', 60)),
    dunning_step_3_days: clearable(count('when the third goes', 60)),
    dunning_step_4_days: clearable(count('when the fourth goes', 60)),
    invoice_retention_years: count('for how long invoices of erased customers say whose they were', 100),
    logo: pictureFile('a PNG, JPEG, WebP, AVIF or GIF of at most 2 MB'),
    logo_dark: pictureFile('over dark backgrounds'),
  },
  async run(portico, { business, live, logo, logo_dark, ...values }) {
    const named = Object.entries(values).filter(([, value]) => value !== undefined)
    const pictured = logo !== undefined || logo_dark !== undefined
    if (named.length === 0 && !pictured)
      throw new UsageError('Name what to change; portico business set --help tells what there is.')
    const outer = await businessOfMode(portico, business, live)
    const data = await inTransaction(outer, async (ctx) => {
      const settings = await getSettings(ctx)
      const isSetting = ([field]: [string, unknown]) => field in settings
      const changed = await setBusiness(ctx, business, Object.fromEntries(named.filter((field) => !isSetting(field))))
      const { clock_offset_ms: _, archived_at: __, theme: ___, return_url: ____, ...columns } = changed.business
      const settled = { ...columns, ...(await setSettings(ctx, Object.fromEntries(named.filter(isSetting)))) }
      return { ...settled, ...logosOf(pictured ? await setTheme(ctx, { logo, logo_dark }) : changed) }
    })
    return { data, text: table(Object.entries(data).map(([field, value]) => [field, shown(value)])).join('\n') }
  },
})

function logosOf(ctx: BusinessCtx) {
  const logo = logoOf(ctx)
  return { logo: logo?.url ?? null, logo_dark: logo?.dark?.url ?? null }
}

function shown(value: string | number | boolean | null): string {
  return value === null ? '–' : String(value).replaceAll('\n', ', ')
}
