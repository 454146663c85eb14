// The wallet of one currency: what is in it, and every movement with what was in it afterwards.
import type { MessageKey, When } from '#i18n/translator.ts'
import { type PortalPage, Shell } from '#portal/shell.tsx'
import { Money } from '#ui/components/text.tsx'
import type { Wallet } from './funds.tsx'
import { Ledger, LedgerRow } from './ledger.tsx'

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
      <Ledger
        {...props}
        here={(number) => urls.portal.wallet(business.business_id, { currency, page: number })}
        row={(entry) => <Entry page={page} entry={entry} currency={currency} />}
      />
    </Shell>
  )
}

function Entry({ page, entry, currency }: { page: PortalPage; entry: WalletEntryRow; currency: string }) {
  const { i18n, business } = page
  const { created_at, event_type, reason, amount, after_balance } = entry
  return (
    <LedgerRow
      page={page}
      created_at={created_at}
      what={i18n.t(`portal.wallet.entry.${event_type}` satisfies MessageKey, { business: business.name })}
      note={reason}
      amount={<Money i18n={i18n} amount={amount} currency={currency} />}
    >
      <Money i18n={i18n} amount={after_balance} currency={currency} />
    </LedgerRow>
  )
}
