// The wallet of one currency: what is in it, and every movement with what was in it afterwards.
import type { MessageKey, When } from '#i18n/translator.ts'
import { type PortalPage, Shell } from '#portal/shell.tsx'
import { Pagination } from '#ui/components/pagination.tsx'
import { EmptyState } from '#ui/components/states.tsx'
import { DateText, Money } from '#ui/components/text.tsx'
import type { Wallet } from './funds.tsx'
import { UsageFailed } from './usage-failed.tsx'

export interface WalletEntryRow {
  created_at: When
  event_type:
    | 'payment'
    | 'payment_reversal'
    | 'refund'
    | 'refund_reversal'
    | 'dispute'
    | 'dispute_reversal'
    | 'merchant_adjustment'
  /** In the merchant's words. */
  reason: string | null
  /** Minor units: negative where the wallet paid. */
  amount: number
  after_balance: number
}

export interface WalletPageProps {
  page: PortalPage
  wallet: Wallet
  /** From 1. */
  page_number: number
  has_more: boolean
  /** Null where they could not be read. */
  entries: readonly WalletEntryRow[] | null
}

export function WalletPage(props: WalletPageProps) {
  const { page, wallet } = props
  const { i18n, urls, business } = page
  const { currency, balance } = wallet
  const title = i18n.t('portal.funds.wallet', { currency })
  return (
    <Shell
      page={page}
      section="usage"
      title={title}
      back={{ href: urls.portal.usage(business.business_id), label: i18n.t('portal.nav.usage') }}
    >
      <div class="head">
        <h1>{title}</h1>
        <p class="price">
          <Money i18n={i18n} amount={balance} currency={currency} />
        </p>
        <p class="soft">{i18n.t('portal.funds.wallet_text', { currency })}</p>
      </div>
      <Ledger {...props} />
    </Shell>
  )
}

function Ledger({ page, wallet, entries, page_number, has_more }: WalletPageProps) {
  const { i18n, urls, business } = page
  const { currency } = wallet
  const here = (number: number) =>
    urls.portal.wallet(business.business_id, { currency, page: number === 1 ? undefined : number })
  if (entries === null) return <UsageFailed page={page} href={here(page_number)} />
  return (
    <section aria-labelledby="ledger">
      <h2 id="ledger">{i18n.t('portal.ledger.title')}</h2>
      {entries.length === 0 ? (
        <EmptyState title={i18n.t('portal.ledger.none')} />
      ) : (
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
                <Entry page={page} entry={entry} currency={currency} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pagination i18n={i18n} page_number={page_number} has_more={has_more} href={here} />
    </section>
  )
}

function Entry({ page, entry, currency }: { page: PortalPage; entry: WalletEntryRow; currency: string }) {
  const { i18n, business } = page
  const { created_at, event_type, reason, amount, after_balance } = entry
  return (
    <tr>
      <td class="when num">
        <DateText i18n={i18n} when={created_at} short />
      </td>
      <td class="what">
        {i18n.t(`portal.wallet.entry.${event_type}` satisfies MessageKey, { business: business.name })}
        {reason === null ? null : (
          <p class="small soft">
            <bdi>{reason}</bdi>
          </p>
        )}
      </td>
      <td class="amount end">
        <Money i18n={i18n} amount={amount} currency={currency} />
      </td>
      <td class="amount end after">
        <span class="phone-only soft">{i18n.t('portal.ledger.after')} </span>
        <Money i18n={i18n} amount={after_balance} currency={currency} />
      </td>
    </tr>
  )
}
