// How one subscription is paid. Where it owes something, that comes first, and is paid with what is chosen.
import type { Child } from 'hono/jsx'
import { hasEnded } from '#billing/status.ts'
import { isolate } from '#i18n/message.ts'
import type { MessageKey, When } from '#i18n/translator.ts'
import { type Notice, NoticeBanner } from '#portal/notice.tsx'
import { type PortalPage, Shell } from '#portal/shell.tsx'
import { nextStep, type SubscriptionSummary } from '#portal/subscriptions/subscription-summary.tsx'
import { Banner } from '#ui/components/banner.tsx'
import { Button, ButtonLink } from '#ui/components/button.tsx'
import { Problem } from '#ui/components/field.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import type { FormErrors, Typed } from '#ui/parse-form.ts'
import { CheckingDues, DuesForm, type DuesToPay } from './dues-form.tsx'
import { type ChoosableMethod, firstChoice, MethodChoices } from './method-choices.tsx'
import type { MethodField } from './method-form.ts'
import { ArchivedNote } from './methods-page.tsx'

export interface SubscriptionMethodPageProps {
  page: PortalPage
  /** The business's own time. */
  now: When
  notice: Notice | null
  subscription: SubscriptionSummary
  methods: readonly ChoosableMethod[]
  /** What is paid with it now. */
  payment_method_id: string | null
  state: 'nothing' | 'owed' | 'checking'
  /** Where something is owed. */
  dues: DuesToPay | null
  /** Names of the other subscriptions it may be used for as well. */
  others: readonly string[]
  archived: boolean
  errors?: FormErrors<MethodField>
  typed?: Typed<MethodField>
}

export function SubscriptionMethodPage(props: SubscriptionMethodPageProps) {
  const { page, subscription, notice, state, dues } = props
  const { i18n, urls, business } = page
  const { subscription_id, product_name } = subscription
  const back = { href: urls.portal.subscription(business.business_id, subscription_id), label: product_name }
  const title = i18n.t(titleOf(props), { product: product_name })
  return (
    <Shell page={page} section="subscriptions" title={title} back={back}>
      <div class="measure">
        <div class="head">
          <h1>{title}</h1>
          <p class="soft">{dues === null ? nextStep(i18n, subscription) : i18n.t(...owedText(props))}</p>
        </div>
        {notice === null || notice === 'payment_declined' ? null : <NoticeBanner i18n={i18n} notice={notice} />}
        {props.archived ? <ArchivedNote page={page} /> : null}
        {state === 'checking' ? <CheckingDues page={page} subscription_id={subscription_id} /> : null}
        {state === 'owed' && dues !== null ? <DuesForm {...props} dues={dues} /> : null}
        {state === 'nothing' ? <WhereNothingIsOwed {...props} back={back.href} /> : null}
      </div>
    </Shell>
  )
}

function titleOf({ state, dues }: SubscriptionMethodPageProps): MessageKey {
  if (state === 'checking') return 'checkout.checking.title'
  return dues === null ? 'portal.choose.title' : 'portal.pay.title'
}

type Said = [key: MessageKey, values: Record<string, string>]

function owedText({ page: { i18n }, subscription }: SubscriptionMethodPageProps): Said {
  const { product_name: product, past_due_ends_at, status } = subscription
  if (past_due_ends_at !== null) return ['pay.past_due', { product, date: i18n.date(past_due_ends_at) }]
  return [hasEnded(status) ? 'pay.ended' : 'pay.on_hold', { product }]
}

function WhereNothingIsOwed(props: SubscriptionMethodPageProps & { back: string }) {
  const { page, subscription } = props
  const { i18n } = page
  const { status } = subscription
  if (!hasEnded(status) && status !== 'pending') return <ChooseForm {...props} />
  return (
    <>
      <Banner tone="dim" title={i18n.t('portal.choose.not_needed')} />
      <ButtonLink href={props.back}>{i18n.t('portal.cancel.back')}</ButtonLink>
    </>
  )
}

function ChooseForm(props: SubscriptionMethodPageProps) {
  const { page, subscription, methods, payment_method_id, others, errors = {}, typed = {} } = props
  const { i18n, urls, business } = page
  return (
    <PostForm
      page={page}
      action={urls.portal.subscriptionPaymentMethod(business.business_id, subscription.subscription_id)}
    >
      {errors.form ? <Problem>{i18n.t(errors.form)}</Problem> : null}
      <MethodChoices
        {...{ page, now: props.now, methods }}
        legend={i18n.t('portal.pay.with')}
        chosen={typed.payment_method ?? firstChoice(methods, payment_method_id)}
        error={errors.payment_method}
      />
      {others.length > 0 ? (
        <Check name="for_all" checked={typed.for_all === 'yes'} label={i18n.t('portal.choose.for_all')}>
          {i18n.list(others.map((name) => isolate(name, i18n.dir)))}
        </Check>
      ) : null}
      <Button look="primary">{i18n.t(methods.length > 0 ? 'portal.choose.use' : 'portal.choose.new')}</Button>
      <p class="small soft">{i18n.t('portal.choose.nothing_charged')}</p>
    </PostForm>
  )
}

function Check(props: { name: string; checked: boolean; label: string; children: Child }) {
  return (
    <label class="check">
      <input type="checkbox" name={props.name} value="yes" checked={props.checked} />
      <span>
        {props.label}
        <small class="soft">{props.children}</small>
      </span>
    </label>
  )
}
