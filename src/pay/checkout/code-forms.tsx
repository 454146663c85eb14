// Entering a discount code, and taking one off: forms of their own, so that they work without JavaScript and lose nothing typed elsewhere.
import { Button } from '#ui/components/button.tsx'
import { TextField } from '#ui/components/field.tsx'
import { Icon } from '#ui/components/icon.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import type { CheckoutPageProps } from './checkout-page.tsx'

export function CodeForms(props: CheckoutPageProps) {
  const { page, view, order, typed = {}, errors = {} } = props
  const { checkout_id, allow_discount_code } = view.checkout
  const { i18n, urls } = page
  if (!allow_discount_code) return null
  const action = urls.checkoutCodes(checkout_id)
  return (
    <>
      {order.discounts.map(({ code }) => (
        <PostForm page={page} action={action}>
          <input type="hidden" name="remove" value={code} />
          <Button small>{i18n.t('checkout.remove_code', { code })}</Button>
        </PostForm>
      ))}
      <details class="fold" open={Boolean(errors.code)}>
        <summary>
          <Icon name="chevron-right" flips />
          {i18n.t('checkout.have_code')}
        </summary>
        <PostForm page={page} action={action}>
          <TextField
            i18n={i18n}
            name="code"
            label={i18n.t('checkout.code')}
            value={typed.code}
            error={errors.code}
            maxlength={100}
            required
          />
          <Button>{i18n.t('checkout.apply_code')}</Button>
        </PostForm>
      </details>
    </>
  )
}
