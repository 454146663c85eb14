// The end of a pay link: done, or no use any more.
import type { PayLinkView } from '#core/recovery/view-pay-link.ts'
import { ButtonLink } from '#ui/components/button.tsx'
import { Icon } from '#ui/components/icon.tsx'
import { PlainPage } from '#ui/components/plain-page.tsx'
import type { BusinessPage } from '#ui/page.ts'

interface Props {
  page: BusinessPage
  view: PayLinkView
}

export function PayDonePage({ page, view, said }: Props & { said: 'paid' | 'saved' }) {
  const { i18n, business } = page
  const { product_name: product, next_billing_date: next, status } = view.subscription
  const runs = said === 'paid' && status === 'active' && next !== null
  const kind = said === 'saved' ? 'saved' : runs ? 'paid' : 'settled'
  const title = i18n.t(`pay.done.${kind}.title`)
  return (
    <PlainPage page={page} business={business} title={title}>
      <span class="sign ok">
        <Icon name="check" size={22} />
      </span>
      <h1>{title}</h1>
      <p>
        {kind === 'paid' && next !== null
          ? i18n.t('pay.done.paid.text', { product, date: i18n.date(next) })
          : i18n.t(kind === 'saved' ? 'pay.done.saved.text' : 'pay.done.settled.text', { product })}
      </p>
      <Ways page={page} link={view.link} to="subscription" />
    </PlainPage>
  )
}

export function PayClosedPage({ page, view, reason }: Props & { reason: 'ended' | 'expired' }) {
  const { i18n, business } = page
  const title = i18n.t(`pay.closed.${reason}.title`)
  return (
    <PlainPage page={page} business={business} title={title}>
      <div class="head">
        <h1>{title}</h1>
        <p>
          {reason === 'ended'
            ? i18n.t('pay.closed.ended.text')
            : i18n.t('pay.closed.expired.text', { business: business.name })}
        </p>
      </div>
      <Ways page={page} link={view.link} to={reason === 'expired' ? 'subscriptionPaymentMethod' : 'subscription'} />
    </PlainPage>
  )
}

interface WaysProps {
  page: BusinessPage
  link: Pick<PayLinkView['link'], 'return_url' | 'subscription_id'>
  to: 'subscription' | 'subscriptionPaymentMethod'
}

/** Back to where the merchant wants the customer, and to the portal: after the sign-in, to where this goes on. */
export function Ways({ page, link, to }: WaysProps) {
  const { i18n, business, urls } = page
  const { return_url, subscription_id } = link
  const { pathname } = new URL(urls.portal[to](business.business_id, subscription_id))
  return (
    <div class="ways">
      {return_url === null ? null : (
        <ButtonLink href={return_url} look="primary" wide>
          {i18n.t('portal.return', { business: business.name })}
        </ButtonLink>
      )}
      <ButtonLink
        href={urls.login(business.business_id, { to: pathname })}
        look={return_url === null ? 'primary' : 'plain'}
        wide
      >
        {i18n.t('checkout.to_portal')}
      </ButtonLink>
    </div>
  )
}
