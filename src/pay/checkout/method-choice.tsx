// The methods a customer of the shop has saved, where the shop offers them; another one is entered on the processor's page.
import { Icon } from '#ui/components/icon.tsx'
import { expiryOf, MethodLogo, type PaymentMethod, paymentMethodName } from '#ui/components/payment-method.tsx'
import type { CheckoutPageProps } from './checkout-page.tsx'

export function MethodChoice({ page: { i18n }, view: { saved_methods }, typed = {} }: CheckoutPageProps) {
  if (saved_methods.length === 0) return null
  const chosen = typed.payment_method ?? saved_methods[0]?.payment_method_id ?? ''
  const note = (method: PaymentMethod) => {
    const date = expiryOf(method)
    return date === null ? null : i18n.t('portal.methods.expires', { date })
  }
  return (
    <fieldset>
      <legend>{i18n.t('checkout.pay_with')}</legend>
      {saved_methods.map((method) => (
        <label class="pick">
          <input
            type="radio"
            name="payment_method"
            value={method.payment_method_id}
            checked={chosen === method.payment_method_id}
          />
          <span class="grow">
            <b>
              <bdi>{paymentMethodName(i18n, method)}</bdi>
            </b>
            <span class="note">{note(method)}</span>
          </span>
          <MethodLogo method={method} />
        </label>
      ))}
      <label class="pick">
        <input type="radio" name="payment_method" value="" checked={chosen === ''} />
        <span class="grow">
          <b>{i18n.t('portal.choose.another')}</b>
          <span class="note">{i18n.t('portal.choose.new_note')}</span>
        </span>
        <Icon name="credit-card" size={20} />
      </label>
    </fieldset>
  )
}
