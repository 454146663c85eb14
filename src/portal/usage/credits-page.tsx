// Credits of one kind: how many there are, where they come from and until when they last, and every movement.
import type { MessageKey, Translator, When } from '#i18n/translator.ts'
import { type PortalPage, Shell } from '#portal/shell.tsx'
import { DateText } from '#ui/components/text.tsx'
import { type CreditTerms, CreditTermsList } from './credit-terms.tsx'
import { type HeldCredits, heldFacts } from './funds.tsx'
import { Ledger, LedgerRow } from './ledger.tsx'

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
      <Ledger
        {...props}
        here={(number) => urls.portal.credits(business.business_id, held.credit_entitlement_id, { page: number })}
        row={(entry) => <Entry page={page} entry={entry} unit={held.unit} />}
      />
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

interface EntryProps {
  page: PortalPage
  entry: CreditEntryRow
  unit: string
}

function Entry({ page, entry, unit }: EntryProps) {
  const { i18n, business } = page
  const { created_at, transaction_type, description, is_credit, amount, balance_after, overage_after } = entry
  return (
    <LedgerRow
      page={page}
      created_at={created_at}
      what={i18n.t(`portal.credits.entry.${transaction_type}` satisfies MessageKey, { business: business.name })}
      note={description}
      amount={<bdi dir="ltr">{i18n.decimal(is_credit ? amount : `-${amount}`)}</bdi>}
    >
      {i18n.decimal(balance_after)}
      {overage_after === '0' ? null : (
        <p class="small soft">{i18n.t('portal.credits.over', { units: i18n.decimal(overage_after), unit })}</p>
      )}
    </LedgerRow>
  )
}
