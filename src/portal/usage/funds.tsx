// Money that waits to be used: credit of subscriptions and wallets. And credits: units that were granted.
import type { Translator, When } from '#i18n/translator.ts'
import type { PortalPage } from '#portal/shell.tsx'
import { Money } from '#ui/components/text.tsx'

export interface SubscriptionCredit {
  subscription_id: string
  product_name: string
  currency: string
  /** Minor units. */
  balance: number
  /** Was too small to be charged, and is on the next invoice. Minor units. */
  carried: number
  /** The next invoice, and how much of it the credit pays; null where there is none. */
  next: { at: When; amount: number } | null
}

export interface Wallet {
  currency: string
  /** Minor units. */
  balance: number
}

/** Amounts are decimals. */
export interface HeldCredits {
  credit_entitlement_id: string
  name: string
  description: string | null
  unit: string
  balance: string
  overage: string
  expires_next: { at: When; amount: string } | null
}

interface MoneySectionProps {
  page: PortalPage
  wallets: readonly Wallet[]
  credits: readonly SubscriptionCredit[]
}

export function MoneySection({ page, wallets, credits }: MoneySectionProps) {
  const { i18n } = page
  if (wallets.length === 0 && credits.length === 0) return null
  return (
    <section aria-labelledby="money">
      <h2 id="money">{i18n.t('portal.funds.title')}</h2>
      <ul class="list">
        {credits.map((credit) => (
          <CreditOf page={page} credit={credit} />
        ))}
        {wallets.map((wallet) => (
          <WalletItem page={page} wallet={wallet} />
        ))}
      </ul>
    </section>
  )
}

function CreditOf({ page, credit }: { page: PortalPage; credit: SubscriptionCredit }) {
  const { i18n, urls, business } = page
  const { subscription_id, product_name, balance, currency } = credit
  return (
    <li class="item">
      <div class="grow">
        <p>
          <a href={urls.portal.subscription(business.business_id, subscription_id)} data-prefetch>
            <b>{i18n.t('portal.funds.credit_of', { product: product_name })}</b>
          </a>
        </p>
        {creditFacts(i18n, credit).map((fact) => (
          <p class="small soft">{fact}</p>
        ))}
      </div>
      {balance === 0 ? null : (
        <b>
          <Money i18n={i18n} amount={balance} currency={currency} />
        </b>
      )}
    </li>
  )
}

function creditFacts(i18n: Translator, { next, balance, carried, currency }: SubscriptionCredit): string[] {
  const money = (amount: number) => i18n.money(amount, currency)
  const date = next === null ? '' : i18n.date(next.at)
  return [
    ...(balance > 0 && next !== null && next.amount > 0
      ? [i18n.t('portal.funds.credit_pays', { amount: money(next.amount), date })]
      : []),
    ...(balance > 0 && (next === null || next.amount === 0) ? [i18n.t('portal.funds.credit_waits')] : []),
    ...(carried > 0 && next !== null ? [i18n.t('portal.funds.carried', { amount: money(carried), date })] : []),
  ]
}

function WalletItem({ page, wallet }: { page: PortalPage; wallet: Wallet }) {
  const { i18n, urls, business } = page
  const { currency, balance } = wallet
  return (
    <li class="item">
      <div class="grow">
        <p>
          <a href={urls.portal.wallet(business.business_id, { currency })} data-prefetch>
            <b>{i18n.t('portal.funds.wallet', { currency })}</b>
          </a>
        </p>
        <p class="small soft">{i18n.t('portal.funds.wallet_text', { currency })}</p>
      </div>
      <b>
        <Money i18n={i18n} amount={balance} currency={currency} />
      </b>
    </li>
  )
}

export function CreditsSection({ page, credits }: { page: PortalPage; credits: readonly HeldCredits[] }) {
  const { i18n } = page
  if (credits.length === 0) return null
  return (
    <section aria-labelledby="credits">
      <h2 id="credits">{i18n.t('portal.credits.title')}</h2>
      <ul class="list">
        {credits.map((held) => (
          <Held page={page} held={held} />
        ))}
      </ul>
    </section>
  )
}

function Held({ page, held }: { page: PortalPage; held: HeldCredits }) {
  const { i18n, urls, business } = page
  return (
    <li class="item">
      <div class="grow">
        <p>
          <a href={urls.portal.credits(business.business_id, held.credit_entitlement_id)} data-prefetch>
            <b>
              <bdi>{held.name}</bdi>
            </b>
          </a>
        </p>
        {heldFacts(i18n, held).map((fact) => (
          <p class="small soft">{fact}</p>
        ))}
      </div>
      <b>{i18n.t('portal.usage.units', { units: i18n.decimal(held.balance), unit: held.unit })}</b>
    </li>
  )
}

/** What expires next, and what was used beyond. */
export function heldFacts(i18n: Translator, { expires_next, overage, unit }: HeldCredits): string[] {
  return [
    ...(expires_next === null
      ? []
      : [
          i18n.t('portal.credits.expire', {
            units: i18n.decimal(expires_next.amount),
            unit,
            date: i18n.date(expires_next.at),
          }),
        ]),
    ...(overage === '0' ? [] : [i18n.t('portal.credits.over', { units: i18n.decimal(overage), unit })]),
  ]
}
