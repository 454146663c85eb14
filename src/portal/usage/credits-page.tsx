// Credits of one kind: how many there are, where they come from and until when they last, and every movement.
import type { MessageKey, Translator, When } from '#i18n/translator.ts'
import { type PortalPage, Shell } from '#portal/shell.tsx'
import { Pagination } from '#ui/components/pagination.tsx'
import { DateText } from '#ui/components/text.tsx'
import { type CreditTerms, CreditTermsList } from './credit-terms.tsx'
import { type HeldCredits, heldFacts } from './funds.tsx'
import { UsageFailed } from './usage-failed.tsx'

/** Amounts are decimals. */
export interface CreditGrantRow {
  grant_id: string
  created_at: When
  source_type: 'subscription' | 'one_time' | 'addon' | 'api' | 'rollover'
  initial_amount: string
  remaining_amount: string
  expires_at: When | null
  ends_with_cycle: boolean
}

export interface CreditEntryRow {
  created_at: When
  transaction_type:
    | 'credit_added'
    | 'credit_deducted'
    | 'credit_expired'
    | 'credit_rolled_over'
    | 'rollover_forfeited'
    | 'overage_charged'
    | 'overage_reset'
    | 'auto_top_up'
    | 'manual_adjustment'
    | 'refund'
  /** In the merchant's words. */
  description: string | null
  amount: string
  is_credit: boolean
  balance_after: string
  overage_after: string
}

export interface CreditsPageProps {
  page: PortalPage
  held: HeldCredits
  terms: readonly CreditTerms[]
  /** With something left of them, the newest. */
  grants: readonly CreditGrantRow[]
  /** From 1. */
  page_number: number
  has_more: boolean
  /** Null where they could not be read. */
  entries: readonly CreditEntryRow[] | null
}

export function CreditsPage(props: CreditsPageProps) {
  const { page, held, terms, page_number } = props
  const { i18n, urls, business } = page
  return (
    <Shell
      page={page}
      section="usage"
      title={held.name}
      back={{ href: urls.portal.usage(business.business_id), label: i18n.t('portal.nav.usage') }}
    >
      <div class="head">
        <h1>
          <bdi>{held.name}</bdi>
        </h1>
        {held.description === null ? null : (
          <p class="soft">
            <bdi>{held.description}</bdi>
          </p>
        )}
        <p class="price">{i18n.t('portal.usage.units', { units: i18n.decimal(held.balance), unit: held.unit })}</p>
        {heldFacts(i18n, held).map((fact) => (
          <p class="soft">{fact}</p>
        ))}
      </div>
      {page_number === 1 ? <CreditTermsList page={page} unit={held.unit} terms={terms} /> : null}
      {page_number === 1 ? <Grants {...props} /> : null}
      <Ledger {...props} />
    </Shell>
  )
}

function Grants({ page: { i18n }, grants }: CreditsPageProps) {
  if (grants.length === 0) return null
  return (
    <section aria-labelledby="grants">
      <h2 id="grants">{i18n.t('portal.credits.grants')}</h2>
      <div class="list">
        <table class="stacks">
          <thead>
            <tr>
              <th scope="col">{i18n.t('portal.credits.from')}</th>
              <th scope="col">{i18n.t('portal.credits.until')}</th>
              <th scope="col" class="amount end">
                {i18n.t('portal.credits.left')}
              </th>
            </tr>
          </thead>
          <tbody>
            {grants.map((grant) => (
              <tr>
                <td class="what">
                  {i18n.t(`portal.credits.source.${grant.source_type}` satisfies MessageKey)}
                  <p class="small soft">
                    <DateText i18n={i18n} when={grant.created_at} short />
                  </p>
                </td>
                <td class="when">
                  {isForGood(grant) ? null : <span class="phone-only">{i18n.t('portal.credits.until')} </span>}
                  {lastsUntil(i18n, grant)}
                </td>
                <td class="amount end">
                  {i18n.t('portal.credits.left_of', {
                    left: i18n.decimal(grant.remaining_amount),
                    all: i18n.decimal(grant.initial_amount),
                  })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

const isForGood = ({ expires_at, ends_with_cycle }: CreditGrantRow) => expires_at === null && !ends_with_cycle

function lastsUntil(i18n: Translator, { expires_at, ends_with_cycle }: CreditGrantRow): string {
  if (expires_at !== null) return i18n.shortDate(expires_at)
  return i18n.t(ends_with_cycle ? 'portal.credits.with_period' : 'portal.credits.for_good')
}

function Ledger({ page, held, entries, page_number, has_more }: CreditsPageProps) {
  const { i18n, urls, business } = page
  const here = (number: number) =>
    urls.portal.credits(business.business_id, held.credit_entitlement_id, { page: number === 1 ? undefined : number })
  return (
    <section aria-labelledby="ledger">
      <h2 id="ledger">{i18n.t('portal.ledger.title')}</h2>
      {entries === null ? <UsageFailed page={page} href={here(page_number)} /> : null}
      {entries === null || entries.length === 0 ? null : (
        <div class="list">
          <table class="stacks">
            <thead>
              <tr>
                <th scope="col">{i18n.t('portal.ledger.date')}</th>
                <th scope="col">{i18n.t('portal.ledger.what')}</th>
                <th scope="col" class="amount end">
                  {i18n.t('portal.ledger.amount')}
                </th>
                <th scope="col" class="amount end after">
                  {i18n.t('portal.ledger.after')}
                </th>
              </tr>
            </thead>
            <tbody>
              {entries.map((entry) => (
                <Entry i18n={i18n} entry={entry} unit={held.unit} business={business.name} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pagination i18n={i18n} page_number={page_number} has_more={has_more} href={here} />
    </section>
  )
}

interface EntryProps {
  i18n: Translator
  entry: CreditEntryRow
  unit: string
  business: string
}

function Entry({ i18n, entry, unit, business }: EntryProps) {
  const { created_at, transaction_type, description, is_credit, amount, balance_after, overage_after } = entry
  return (
    <tr>
      <td class="when num">
        <DateText i18n={i18n} when={created_at} short />
      </td>
      <td class="what">
        {i18n.t(`portal.credits.entry.${transaction_type}` satisfies MessageKey, { business })}
        {description === null ? null : (
          <p class="small soft">
            <bdi>{description}</bdi>
          </p>
        )}
      </td>
      <td class="amount end num">
        <bdi dir="ltr">{i18n.decimal(is_credit ? amount : `-${amount}`)}</bdi>
      </td>
      <td class="amount end num after">
        <span class="phone-only soft">{i18n.t('portal.ledger.after')} </span>
        {i18n.decimal(balance_after)}
        {overage_after === '0' ? null : (
          <p class="small soft">{i18n.t('portal.credits.over', { units: i18n.decimal(overage_after), unit })}</p>
        )}
      </td>
    </tr>
  )
}
