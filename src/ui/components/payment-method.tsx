import type { Translator } from '#i18n/translator.ts'

/** What is safe to show of a way to pay. */
export interface PaymentMethod {
  type: 'card' | 'upi'
  /** 'visa', 'mastercard' */
  card_network: string | null
  card_last_four: string | null
  expiry_month: number | null
  expiry_year: number | null
  /** "mara@upi" */
  display: string | null
}

const networks: Record<string, [badge: string, name: string]> = {
  visa: ['VISA', 'Visa'],
  mastercard: ['MC', 'Mastercard'],
  amex: ['AMEX', 'American Express'],
  american_express: ['AMEX', 'American Express'],
  discover: ['DISC', 'Discover'],
  diners: ['DC', 'Diners Club'],
  jcb: ['JCB', 'JCB'],
  unionpay: ['UP', 'UnionPay'],
  rupay: ['RuPay', 'RuPay'],
  maestro: ['MAE', 'Maestro'],
}

/** "Visa •••• 4242" on one line, "mara@upi" */
export function paymentMethodName(i18n: Translator, method: PaymentMethod): string {
  if (method.type === 'upi') return method.display ?? 'UPI'
  const name = networks[networkOf(method)]?.[1] ?? i18n.t('portal.method.card')
  return method.card_last_four === null ? name : `\u2066${name}\u00a0••••\u00a0${method.card_last_four}\u2069`
}

/** The badge of the brand, in letters. */
export function MethodLogo({ method }: { method: PaymentMethod }) {
  const badge = method.type === 'upi' ? 'UPI' : (networks[networkOf(method)]?.[0] ?? '••••')
  return (
    <span class="logo" aria-hidden="true" dir="ltr">
      {badge}
    </span>
  )
}

/** Badge and name on one line. */
export function PaymentMethodLabel({ i18n, method }: { i18n: Translator; method: PaymentMethod }) {
  return (
    <span class="method">
      <MethodLogo method={method} />
      <bdi>{paymentMethodName(i18n, method)}</bdi>
    </span>
  )
}

/** "12/2028"; null where nothing expires. */
export function expiryOf({ expiry_month, expiry_year }: PaymentMethod): string | null {
  if (expiry_month === null || expiry_year === null) return null
  return `\u2066${String(expiry_month).padStart(2, '0')}/${expiry_year}\u2069`
}

function networkOf({ card_network }: PaymentMethod): string {
  return (card_network ?? '').toLowerCase().replaceAll(' ', '_')
}
