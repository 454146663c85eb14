// Back from the processor: paid, not known yet, or declined. Never the one for the other.

import type { Child } from 'hono/jsx'
import { type Order, OrderSummary } from '#pay/order-summary.tsx'
import { ButtonLink } from '#ui/components/button.tsx'
import { Icon, type IconName } from '#ui/components/icon.tsx'
import { PlainPage } from '#ui/components/plain-page.tsx'
import type { Tone } from '#ui/components/tag.tsx'
import type { BusinessPage } from '#ui/page.ts'

interface ResultProps {
  page: BusinessPage
  return_url: string | null
}

export interface CheckoutPaidPageProps extends ResultProps {
  order: Order
  /** Where receipt, invoice and keys go. */
  email: string
  login_href: string
}

export function CheckoutPaidPage({ page, order, email, login_href, return_url }: CheckoutPaidPageProps) {
  const { i18n } = page
  const trial = order.total === 0
  return (
    <Result page={page} tone="ok" icon="check" title={i18n.t(trial ? 'checkout.started.title' : 'checkout.paid.title')}>
      <p>{nextText(page, order, email)}</p>
      <OrderSummary i18n={i18n} order={order} paid={!trial} />
      <div class="ways">
        <Return page={page} return_url={return_url} look="primary" />
        <ButtonLink href={login_href} look={return_url ? 'plain' : 'primary'} wide>
          {i18n.t('checkout.to_portal')}
        </ButtonLink>
      </div>
    </Result>
  )
}

function nextText({ i18n }: BusinessPage, { total, method_required, renewal }: Order, email: string): string {
  if (total > 0) return i18n.t('checkout.paid.text', { email })
  if (method_required || renewal === null || renewal.amount === 0) return i18n.t('checkout.started.text', { email })
  return i18n.t('checkout.started.no_card', { email, date: i18n.date(renewal.at) })
}

export interface CheckoutCheckingPageProps extends ResultProps {
  /** Address of this page, to look again. */
  again_href: string
}

/** Nobody knows yet. Paying again would be the wrong thing to offer. */
export function CheckoutCheckingPage({ page, again_href, return_url }: CheckoutCheckingPageProps) {
  const { i18n } = page
  return (
    <Result page={page} tone="wait" icon="clock" title={i18n.t('checkout.checking.title')}>
      <p>{i18n.t('checkout.checking.text')}</p>
      <div class="ways">
        <ButtonLink href={again_href} look="primary" wide>
          {i18n.t('checkout.checking.again')}
        </ButtonLink>
        <Return page={page} return_url={return_url} look="plain" />
      </div>
    </Result>
  )
}

function Result(props: { page: BusinessPage; tone: Tone; icon: IconName; title: string; children: Child }) {
  const { page, tone, icon, title, children } = props
  return (
    <PlainPage page={page} business={page.business} title={title}>
      <span class={`sign ${tone}`}>
        <Icon name={icon} size={22} />
      </span>
      <h1>{title}</h1>
      {children}
    </PlainPage>
  )
}

function Return({ page, return_url, look }: ResultProps & { look: 'primary' | 'plain' }) {
  if (return_url === null) return null
  return (
    <ButtonLink href={return_url} look={look} wide>
      {page.i18n.t('portal.return', { business: page.business.name })}
    </ButtonLink>
  )
}
