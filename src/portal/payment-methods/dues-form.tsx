// What a subscription owes, and paying it: one press, one attempt.
import { hasEnded } from '#billing/status.ts'
import type { When } from '#i18n/translator.ts'
import type { Notice } from '#portal/notice.tsx'
import type { PortalPage } from '#portal/shell.tsx'
import type { SubscriptionSummary } from '#portal/subscriptions/subscription-summary.tsx'
import { Banner } from '#ui/components/banner.tsx'
import { Button, ButtonLink } from '#ui/components/button.tsx'
import { Problem } from '#ui/components/field.tsx'
import { Icon } from '#ui/components/icon.tsx'
import { OwedLines, type OwedSums } from '#ui/components/owed-lines.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import { declineText } from '#ui/decline-text.ts'
import type { FormErrors, Typed } from '#ui/parse-form.ts'
import { type ChoosableMethod, firstChoice, MethodChoices } from './method-choices.tsx'
import type { MethodField } from './method-form.ts'

export interface DuesToPay {
  dues_id: string
  sums: OwedSums
  /** Why the last attempt was declined; null where none was. */
  declined: string | null
  times_declined: number
}

interface DuesFormProps {
  page: PortalPage
  now: When
  notice: Notice | null
  subscription: SubscriptionSummary
  methods: readonly ChoosableMethod[]
  dues: DuesToPay
  errors?: FormErrors<MethodField>
  typed?: Typed<MethodField>
}

export function DuesForm(props: DuesFormProps) {
  const { page, subscription, methods, dues, errors = {}, typed = {} } = props
  const { i18n, urls, business } = page
  const { sums, declined } = dues
  const choosable = hasEnded(subscription.status) ? [] : methods
  const wished = choosable.find(({ is_default }) => is_default)?.payment_method_id ?? null
  return (
    <>
      {declined === null ? null : <Declined {...props} code={declined} />}
      <OwedLines i18n={i18n} sums={sums} />
      <PostForm
        page={page}
        action={urls.portal.subscriptionPaymentMethod(business.business_id, subscription.subscription_id)}
      >
        {errors.form ? <Problem>{i18n.t(errors.form)}</Problem> : null}
        <input type="hidden" name="dues_id" value={dues.dues_id} />
        <input type="hidden" name="times_declined" value={String(dues.times_declined)} />
        <input type="hidden" name="amount" value={String(sums.left)} />
        <MethodChoices
          {...{ page, now: props.now, methods: choosable }}
          legend={i18n.t('portal.pay.with')}
          chosen={typed.payment_method ?? firstChoice(choosable, wished)}
          error={errors.payment_method}
        />
        <Button look="primary" wide>
          <Icon name="lock" />
          {buttonText(props)}
        </Button>
        <p class="small soft">{i18n.t('portal.pay.once')}</p>
      </PostForm>
    </>
  )
}

/** Why it did not go through: just now, or before. */
function Declined({ page: { i18n }, notice, code }: DuesFormProps & { code: string }) {
  const now = notice === 'payment_declined'
  return (
    <Banner tone={now ? 'bad' : 'wait'} title={i18n.t(now ? 'portal.notice.payment_declined' : 'portal.pay.declined')}>
      <p>{declineText(i18n, code)}</p>
      {code === 'AUTHENTICATION_REQUIRED' ? <p>{i18n.t('portal.pay.confirm_with_bank')}</p> : null}
      {now ? <p>{i18n.t('portal.notice.payment_declined_text')}</p> : null}
    </Banner>
  )
}

function buttonText({ page: { i18n }, subscription: { status }, dues: { sums } }: DuesFormProps): string {
  const amount = i18n.money(sums.left, sums.currency)
  if (status !== 'on_hold') return sums.left === 0 ? i18n.t('checkout.continue') : i18n.t('checkout.pay', { amount })
  return sums.left === 0 ? i18n.t('portal.pay.reactivate') : i18n.t('portal.pay.pay_and_reactivate', { amount })
}

/** Nobody knows yet. Paying again would be the wrong thing to offer. */
export function CheckingDues({ page, subscription_id }: { page: PortalPage; subscription_id: string }) {
  const { i18n, urls, business } = page
  return (
    <>
      <p>{i18n.t('checkout.checking.text')}</p>
      <ButtonLink href={urls.portal.subscriptionPaymentMethodReturn(business.business_id, subscription_id)}>
        <Icon name="rotate-cw" />
        {i18n.t('checkout.checking.again')}
      </ButtonLink>
    </>
  )
}
