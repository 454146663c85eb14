// What was billed of a subscription's usage, and on which invoice.
import type { BilledMeter, BilledPeriod } from '#core/usage/billed-usage.ts'
import { PaperLink } from '#portal/billing-history/paper-link.tsx'
import { type PortalPage, Shell } from '#portal/shell.tsx'
import { Pagination } from '#ui/components/pagination.tsx'
import { EmptyState } from '#ui/components/states.tsx'
import { Money } from '#ui/components/text.tsx'
import { UsageFailed } from './usage-failed.tsx'

export interface UsageHistoryPageProps {
  page: PortalPage
  subscription: { subscription_id: string; product_name: string; currency: string }
  /** From 1. */
  page_number: number
  has_more: boolean
  /** Null where they could not be read. */
  periods: readonly BilledPeriod[] | null
}

export function UsageHistoryPage(props: UsageHistoryPageProps) {
  const { page, subscription, page_number, has_more, periods } = props
  const { i18n, urls, business } = page
  const title = i18n.t('portal.usage.history', { product: subscription.product_name })
  const here = (number: number) =>
    urls.portal.usageHistory(business.business_id, subscription.subscription_id, {
      page: number,
    })
  return (
    <Shell
      page={page}
      section="usage"
      title={title}
      back={{ href: urls.portal.usage(business.business_id), label: i18n.t('portal.nav.usage') }}
    >
      <div class="head">
        <h1>{title}</h1>
        <p class="soft">{i18n.t('portal.usage.history_intro')}</p>
      </div>
      {periods === null ? <UsageFailed page={page} href={here(page_number)} /> : null}
      {periods?.length === 0 ? (
        <EmptyState icon="chart-column" title={i18n.t('portal.usage.history_none')}>
          <p>{i18n.t('portal.usage.history_none_text')}</p>
        </EmptyState>
      ) : null}
      {periods?.map((period) => (
        <Period {...props} period={period} />
      ))}
      <Pagination i18n={i18n} page_number={page_number} has_more={has_more} href={here} />
    </Shell>
  )
}

function Period({ page, subscription, period }: UsageHistoryPageProps & { period: BilledPeriod }) {
  const { i18n } = page
  const id = `period-${String(period.period_start)}`
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{i18n.period(period.period_start, period.period_end)}</h2>
      <div class="list">
        <table class="stacks">
          <thead>
            <tr>
              <th scope="col">{i18n.t('portal.usage.what')}</th>
              <th scope="col">{i18n.t('portal.usage.charged_for')}</th>
              <th scope="col" class="amount end">
                {i18n.t('portal.history.amount')}
              </th>
              <th scope="col" class="end">
                {i18n.t('portal.history.invoice')}
              </th>
            </tr>
          </thead>
          <tbody>
            {period.meters.map((meter) => (
              <Row page={page} meter={meter} currency={subscription.currency} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Row({ page, meter, currency }: { page: PortalPage; meter: BilledMeter; currency: string }) {
  const { i18n, urls, business } = page
  const { name, measurement_unit: unit, units, credits, amount, invoice } = meter
  return (
    <tr>
      <td class="what">
        <bdi>{name}</bdi>
        {Number(units) === 0 ? null : (
          <p class="small soft">{i18n.t('portal.usage.units', { units: i18n.decimal(units), unit })}</p>
        )}
      </td>
      <td class="type">{howBilled(page, meter, currency)}</td>
      <td class="amount end">
        {credits === null ? (
          <Money i18n={i18n} amount={amount} currency={currency} />
        ) : (
          i18n.t('portal.usage.units', { units: i18n.decimal(credits.used), unit: credits.unit })
        )}
      </td>
      <td class="invoice end">
        <PaperLink
          i18n={i18n}
          kind="invoice"
          paper={invoice && { ...invoice, href: urls.portal.invoice(business.business_id, invoice.payment_id) }}
        />
      </td>
    </tr>
  )
}

function howBilled({ i18n }: PortalPage, meter: BilledMeter, currency: string): string {
  const { credits, units, chargeable_units, price_per_unit, waived } = meter
  if (units === '0') return i18n.t('portal.usage.nothing_used')
  if (waived) return i18n.t('portal.usage.waived')
  if (chargeable_units === '0') return i18n.t('portal.usage.all_included')
  if (credits !== null) return i18n.t('portal.usage.by_credits')
  const price = i18n.unitPrice(price_per_unit, currency)
  return i18n.t('portal.usage.times', { units: i18n.decimal(chargeable_units), price })
}
