// How a subscription grants credits, in sentences.
import type { Translator } from '#i18n/translator.ts'
import type { PortalPage } from '#portal/shell.tsx'

/** Amounts are decimals. */
export interface CreditTerms {
  subscription_id: string
  product_name: string
  credits_amount: string
  currency: string | null
  /** Minor units, as a decimal. */
  price_per_unit: string | null
  rollover_enabled: boolean
  /** Of what is left; null is all of it. */
  rollover_percentage: number | null
  expires_after_days: number | null
  overage_enabled: boolean
  /** Null: as far as one likes. */
  overage_limit: string | null
  overage_behavior: 'forgive_at_reset' | 'invoice_at_billing' | 'carry_deficit' | 'carry_deficit_auto_repay'
}

export function CreditTermsList(props: { page: PortalPage; unit: string; terms: readonly CreditTerms[] }) {
  const { page, unit, terms } = props
  const { i18n, urls, business } = page
  if (terms.length === 0) return null
  return (
    <section aria-labelledby="terms">
      <h2 id="terms">{i18n.t('portal.credits.how')}</h2>
      {terms.map((one) => (
        <div>
          <p>
            <a href={urls.portal.subscription(business.business_id, one.subscription_id)} data-prefetch>
              {i18n.t('portal.credits.brings', {
                product: one.product_name,
                units: i18n.decimal(one.credits_amount),
                unit,
              })}
            </a>
          </p>
          <p class="soft">
            {[rest(i18n, one), beyond(i18n, one, unit), limit(i18n, one, unit)].filter((said) => said !== '').join(' ')}
          </p>
        </div>
      ))}
    </section>
  )
}

/** What becomes of what is left at the end of a period. */
function rest(i18n: Translator, terms: CreditTerms): string {
  const { rollover_enabled, rollover_percentage, expires_after_days: count } = terms
  if (rollover_enabled) {
    return rollover_percentage === null || rollover_percentage === 100
      ? i18n.t('portal.credits.rollover_all')
      : i18n.t('portal.credits.rollover', { percent: i18n.percent(rollover_percentage) })
  }
  return count === null ? i18n.t('portal.credits.lapse') : i18n.t('portal.credits.last_days', { count })
}

function beyond(i18n: Translator, terms: CreditTerms, unit: string): string {
  const { overage_enabled, overage_behavior, price_per_unit, currency } = terms
  if (!overage_enabled) return i18n.t('portal.credits.overage_none')
  if (overage_behavior === 'forgive_at_reset') return i18n.t('portal.credits.overage_free')
  if (overage_behavior !== 'invoice_at_billing') return i18n.t('portal.credits.overage_carried')
  if (price_per_unit === null || currency === null) return ''
  return i18n.t('portal.credits.overage_billed', { price: i18n.unitPrice(price_per_unit, currency), unit })
}

function limit(i18n: Translator, { overage_enabled, overage_limit }: CreditTerms, unit: string): string {
  if (!overage_enabled || overage_limit === null) return ''
  return i18n.t('portal.credits.overage_limit', { units: i18n.decimal(overage_limit), unit })
}
