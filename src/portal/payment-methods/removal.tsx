// Removing a saved method: asked once more, in a dialog and on a page of its own. One that pays for something says for what.
import type { Child } from 'hono/jsx'
import { type PortalPage, Shell } from '#portal/shell.tsx'
import { Button, ButtonLink } from '#ui/components/button.tsx'
import { type PaymentMethod, paymentMethodName } from '#ui/components/payment-method.tsx'
import { PostForm } from '#ui/components/post-form.tsx'

export interface Removable extends PaymentMethod {
  payment_method_id: string
  /** What it pays for: that has to get another method first. */
  uses: readonly { subscription_id: string; product_name: string }[]
}

interface RemovalProps {
  page: PortalPage
  method: Removable
}

export function RemovalDialog({ page, method }: RemovalProps) {
  const id = `remove-${method.payment_method_id}`
  const keep = (
    <button type="submit" class="btn" formmethod="dialog" formnovalidate>
      {page.i18n.t(method.uses.length > 0 ? 'portal.methods.close' : 'portal.methods.keep')}
    </button>
  )
  return (
    <dialog id={id} aria-labelledby={`${id}-title`} closedby="any">
      <div class="head">
        <h2 id={`${id}-title`}>{titleOf(page, method)}</h2>
        <Removal page={page} method={method} keep={keep} />
      </div>
    </dialog>
  )
}

export function RemovalPage({ page, method }: RemovalProps) {
  const { i18n, urls, business } = page
  const back = { href: urls.portal.paymentMethods(business.business_id), label: i18n.t('portal.methods.title') }
  const title = titleOf(page, method)
  const keep = (
    <ButtonLink href={back.href}>
      {i18n.t(method.uses.length > 0 ? 'portal.methods.close' : 'portal.methods.keep')}
    </ButtonLink>
  )
  return (
    <Shell page={page} section="payment_methods" title={title} back={back}>
      <div class="measure">
        <h1>{title}</h1>
        <Removal page={page} method={method} keep={keep} />
      </div>
    </Shell>
  )
}

function titleOf({ i18n }: PortalPage, method: Removable): string {
  const name = paymentMethodName(i18n, method)
  return i18n.t(method.uses.length > 0 ? 'portal.methods.in_use' : 'portal.methods.remove_ask', { name })
}

function Removal({ page, method, keep }: RemovalProps & { keep: Child }) {
  const { i18n, urls, business } = page
  const { uses } = method
  return (
    <PostForm page={page} action={urls.portal.paymentMethodRemoval(business.business_id, method.payment_method_id)}>
      <p>{i18n.t(uses.length > 0 ? 'portal.methods.in_use_text' : 'portal.methods.remove_text')}</p>
      {uses.length > 0 ? (
        <ul class="list">
          {uses.map(({ subscription_id, product_name }) => (
            <li class="item">
              <bdi class="grow">{product_name}</bdi>
              <ButtonLink href={urls.portal.subscriptionPaymentMethod(business.business_id, subscription_id)} small>
                {i18n.t('portal.methods.change')}
                <span class="sr">: {product_name}</span>
              </ButtonLink>
            </li>
          ))}
        </ul>
      ) : null}
      <div class="actions">
        {keep}
        {uses.length > 0 ? null : <Button look="danger">{i18n.t('portal.methods.remove')}</Button>}
      </div>
    </PostForm>
  )
}
