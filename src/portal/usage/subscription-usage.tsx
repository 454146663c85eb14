// What a subscription has used since it was last billed: of what is included, at which price, and how it went from day to day.
import type { Translator, When } from '#i18n/translator.ts'
import type { PortalPage } from '#portal/shell.tsx'
import { Gauge } from '#ui/components/gauge.tsx'
import { Money } from '#ui/components/text.tsx'
import { UsageChart, type UsageChartProps } from '#ui/components/usage-chart.tsx'

export interface SubscriptionUsage {
  subscription_id: string
  product_name: string
  currency: string
  /** When it is billed. */
  period_end: When
  /** It ends then. */
  is_last: boolean
  /** On hold or paused: nothing is counted. */
  rests: boolean
  in_trial: boolean
  /** Minor units, before discounts and tax: what the next invoice asks for usage. */
  so_far: number
  meters: readonly MeterUsed[]
}

/** Units are decimals. */
export interface MeterUsed {
  meter_id: string
  name: string
  measurement_unit: string
  since: When
  units: string
  free_units: string
  chargeable_units: string
  /** Minor units, as a decimal. */
  price_per_unit: string
  /** Minor units. */
  amount: number
  /** Credits that pay for it in place of money. */
  credits: { credit_entitlement_id: string; unit: string; units_per_credit: string; used: string } | null
  series: Pick<UsageChartProps, 'step' | 'points'>
}

interface SubscriptionUsageProps {
  page: PortalPage
  usage: SubscriptionUsage
}

/** Without a heading: it stands under the name of the subscription. */
export function SubscriptionUsageCards({ page, usage }: SubscriptionUsageProps) {
  const { i18n } = page
  return (
    <>
      <p class="soft">{soFar(i18n, usage)}</p>
      {usage.meters.map((meter) => (
        <MeterCard page={page} usage={usage} meter={meter} />
      ))}
    </>
  )
}

function soFar(
  i18n: Translator,
  { rests, in_trial, so_far, currency, is_last, period_end }: SubscriptionUsage,
): string {
  const amount = i18n.money(so_far, currency)
  const date = i18n.date(period_end)
  if (rests) return so_far === 0 ? i18n.t('portal.usage.rests') : i18n.t('portal.usage.rests_owing', { amount })
  if (in_trial) return i18n.t('portal.usage.trial', { date })
  return i18n.t(is_last ? 'portal.usage.billed_last' : 'portal.usage.billed_on', { amount, date })
}

function MeterCard({ page, usage, meter }: SubscriptionUsageProps & { meter: MeterUsed }) {
  const { i18n } = page
  const { name, measurement_unit: unit } = meter
  return (
    <div class="card">
      <div class="row wraps">
        <div>
          <h3>
            <bdi>{name}</bdi>
          </h3>
          <p class="price">
            <span class="num">{i18n.decimal(meter.units)}</span>{' '}
            <small>
              <bdi>{unit}</bdi>
            </small>
          </p>
          <p class="small soft">{i18n.t('portal.usage.since', { date: i18n.date(meter.since) })}</p>
        </div>
        <Cost page={page} usage={usage} meter={meter} />
      </div>
      {meter.free_units !== '0' && !usage.in_trial ? (
        <div class="stack">
          <Gauge used={Number(meter.units)} included={Number(meter.free_units)} />
          <p class="small soft">{includedIn(i18n, meter)}</p>
        </div>
      ) : null}
      <UsageChart i18n={i18n} name={name} unit={unit} {...meter.series} />
    </div>
  )
}

function includedIn(i18n: Translator, { free_units, chargeable_units, measurement_unit: unit }: MeterUsed): string {
  const included = i18n.decimal(free_units)
  return chargeable_units === '0'
    ? i18n.t('portal.usage.included', { included, unit })
    : i18n.t('portal.usage.over', { included, over: i18n.decimal(chargeable_units), unit })
}

function Cost({ page, usage, meter }: SubscriptionUsageProps & { meter: MeterUsed }) {
  const { i18n, urls, business } = page
  const { credits } = meter
  if (credits !== null) {
    const href = urls.portal.credits(business.business_id, credits.credit_entitlement_id)
    return (
      <div class="cost">
        <p>
          <a href={href} data-prefetch>
            {i18n.t('portal.usage.credits_used', { credits: i18n.decimal(credits.used), unit: credits.unit })}
          </a>
        </p>
        <p class="small soft">
          {i18n.t('portal.usage.per_credit', {
            units: i18n.decimal(credits.units_per_credit),
            unit: meter.measurement_unit,
            credit: credits.unit,
          })}
        </p>
      </div>
    )
  }
  return (
    <div class="cost">
      <p>
        <b>
          <Money i18n={i18n} amount={meter.amount} currency={usage.currency} />
        </b>
      </p>
      <p class="small soft">{priceOf(i18n, usage, meter)}</p>
    </div>
  )
}

function priceOf(i18n: Translator, { currency, in_trial }: SubscriptionUsage, meter: MeterUsed): string {
  const price = i18n.unitPrice(meter.price_per_unit, currency)
  const free = meter.free_units !== '0' && !in_trial
  return i18n.t(free ? 'portal.usage.price_after' : 'portal.usage.price', { price })
}
