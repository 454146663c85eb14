// The saved methods to choose from, and another one.
import type { MessageKey, Translator, When } from '#i18n/translator.ts'
import type { PortalPage } from '#portal/shell.tsx'
import { Problem } from '#ui/components/field.tsx'
import { Icon } from '#ui/components/icon.tsx'
import { MethodLogo, type PaymentMethod, paymentMethodName } from '#ui/components/payment-method.tsx'
import { NEW_METHOD } from './method-form.ts'
import { expiryText, hasExpired, MethodTags } from './saved-methods.tsx'

export interface ChoosableMethod extends PaymentMethod {
  payment_method_id: string
  is_default: boolean
  /** Why it cannot be chosen; null where it can. */
  refused: MessageKey | null
  /** What is owed was asked of it, in vain. */
  declined: boolean
}

interface MethodChoicesProps {
  page: PortalPage
  now: When
  methods: readonly ChoosableMethod[]
  legend: string
  /** Id of one of them, or NEW_METHOD. */
  chosen: string
  error?: MessageKey | undefined
}

export function MethodChoices({ page: { i18n }, now, methods, legend, chosen, error }: MethodChoicesProps) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      {methods.map((method) => (
        <label class="pick">
          <input
            type="radio"
            name="payment_method"
            value={method.payment_method_id}
            checked={chosen === method.payment_method_id}
            disabled={method.refused !== null}
            required
          />
          <span class="grow">
            <span class="cluster">
              <b>
                <bdi>{paymentMethodName(i18n, method)}</bdi>
              </b>
              <MethodTags i18n={i18n} method={method} now={now} />
            </span>
            <span class="note">{noteOf(i18n, method, now)}</span>
          </span>
          <MethodLogo method={method} />
        </label>
      ))}
      <label class="pick">
        <input type="radio" name="payment_method" value={NEW_METHOD} checked={chosen === NEW_METHOD} required />
        <span class="grow">
          <b>{i18n.t(methods.length > 0 ? 'portal.choose.another' : 'portal.choose.new')}</b>
          <span class="note">{i18n.t('portal.choose.new_note')}</span>
        </span>
        <Icon name="credit-card" size={20} />
      </label>
      {error === undefined ? null : <Problem>{i18n.t(error)}</Problem>}
    </fieldset>
  )
}

function noteOf(i18n: Translator, method: ChoosableMethod, now: When): string | null {
  if (method.refused !== null) return i18n.t(method.refused)
  return method.declined ? i18n.t('portal.choose.declined') : expiryText(i18n, method, now)
}

/** The one it should be, if that can be chosen and was not declined; else the first such one. */
export function firstChoice(methods: readonly ChoosableMethod[], wished: string | null): string {
  const open = methods.filter(({ refused, declined }) => refused === null && !declined)
  const [first] = open
  return (open.find(({ payment_method_id }) => payment_method_id === wished) ?? first)?.payment_method_id ?? NEW_METHOD
}

export function expiredReason(method: PaymentMethod, now: When): MessageKey | null {
  return hasExpired(method, now) ? 'portal.choose.expired' : null
}
