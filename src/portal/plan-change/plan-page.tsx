// Choosing: the plans in their groups, how many, add-ons, a code; one form that leads to the quote.
import type { IntervalUnit, When } from '#i18n/translator.ts'
import { type PortalPage, Shell } from '#portal/shell.tsx'
import { Banner } from '#ui/components/banner.tsx'
import { Button, ButtonLink } from '#ui/components/button.tsx'
import { Problem, TextField } from '#ui/components/field.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import type { FormErrors, Typed } from '#ui/parse-form.ts'
import { namesOf } from './names-of.ts'
import type { Obstacle } from './obstacle.ts'
import { ObstacleBanner } from './obstacle-banner.tsx'
import { addonField, type PlanField } from './plan-form.ts'
import { PlanPick } from './plan-pick.tsx'
import { ScheduledBanner } from './scheduled-banner.tsx'

export interface OfferedPlan {
  product_id: string
  name: string
  description: string | null
  /** Of a unit; minor units. */
  price: number
  count: number
  interval: IntervalUnit
  metered: boolean
  group: string | null
  current: boolean
  /** It may be chosen. */
  sold: boolean
  /** Null for the current one. */
  direction: 'upgrade' | 'downgrade' | 'same' | null
}

export interface OfferedAddon {
  addon_id: string
  name: string
  description: string | null
  price: number
  /** How often it is charged; null where its plans differ in that. */
  rhythm: { count: number; interval: IntervalUnit } | null
  /** What the subscription has of it. */
  quantity: number
  product_ids: string[]
  /** Names of the plans that have it; empty where all do. */
  only_with: string[]
}

export interface PlanPageProps {
  page: PortalPage
  subscription: {
    subscription_id: string
    product_id: string
    product_name: string
    currency: string
    quantity: number
    trial_ends_at: When | null
    /** What waits for the next billing date already. */
    scheduled: { product_name: string; at: When } | null
  }
  plans: readonly OfferedPlan[]
  addons: readonly OfferedAddon[]
  obstacle: Obstacle | null
  /** Where a change that is under way goes on. */
  pending_href: string | null
  /** Null where the method is fine. */
  method_problem: 'missing' | 'expired' | null
  errors?: FormErrors<PlanField>
  typed?: Typed<PlanField>
}

export function PlanPage(props: PlanPageProps) {
  const { page, subscription, obstacle, errors = {} } = props
  const { i18n, urls, business } = page
  const back = {
    href: urls.portal.subscription(business.business_id, subscription.subscription_id),
    label: subscription.product_name,
  }
  return (
    <Shell page={page} section="subscriptions" title={i18n.t('portal.plan.title')} back={back}>
      <div class="head">
        <h1>{i18n.t('portal.plan.title')}</h1>
        {obstacle === null ? <p class="soft">{i18n.t('portal.plan.intro')}</p> : null}
      </div>
      {obstacle === null ? (
        <>
          {errors.form ? <Banner tone="bad" title={i18n.t(errors.form)} /> : null}
          <Notes {...props} />
          <Choices {...props} />
        </>
      ) : (
        <>
          <ObstacleBanner {...props} obstacle={obstacle} />
          <div>
            <ButtonLink href={back.href}>{i18n.t('portal.plan.back')}</ButtonLink>
          </div>
        </>
      )}
    </Shell>
  )
}

function Notes({ page, subscription, method_problem, plans }: PlanPageProps) {
  const { i18n, urls, business } = page
  const { trial_ends_at, subscription_id, scheduled } = subscription
  return (
    <>
      {scheduled === null ? null : <ScheduledBanner page={page} subscription_id={subscription_id} {...scheduled} />}
      {method_problem === null ? null : (
        <Banner
          tone="wait"
          title={i18n.t(`portal.plan.method.${method_problem}`)}
          action={
            <ButtonLink href={urls.portal.subscriptionPaymentMethod(business.business_id, subscription_id)}>
              {i18n.t('portal.plan.method.change')}
            </ButtonLink>
          }
        />
      )}
      {trial_ends_at === null ? null : (
        <Banner tone="dim" title={i18n.t('portal.plan.in_trial', { date: i18n.date(trial_ends_at) })} />
      )}
      {plans.some((plan) => !plan.current) ? null : <Banner tone="dim" title={i18n.t('portal.plan.only_one')} />}
    </>
  )
}

function Choices(props: PlanPageProps) {
  const { page, subscription, plans, errors = {}, typed = {} } = props
  const { i18n, urls, business } = page
  const chosen = typed.product_id ?? subscription.product_id
  const groups = [...new Set(plans.map(({ group }) => group))]
  return (
    <PostForm
      page={page}
      action={urls.portal.planChange(business.business_id, subscription.subscription_id)}
      class="two plans"
    >
      <div class="plan-list">
        {errors.product_id ? <Problem>{i18n.t(errors.product_id)}</Problem> : null}
        {groups.map((group) => (
          <fieldset>
            <legend>{group === null ? i18n.t('portal.plan.plans') : <bdi>{group}</bdi>}</legend>
            {plans
              .filter((plan) => plan.group === group)
              .map((plan) => (
                <PlanPick i18n={i18n} plan={plan} currency={subscription.currency} chosen={chosen} />
              ))}
          </fieldset>
        ))}
      </div>
      <Details {...props} />
    </PostForm>
  )
}

function Details({ page, subscription, addons, errors = {}, typed = {} }: PlanPageProps) {
  const { i18n } = page
  return (
    <div class="aside">
      <TextField
        i18n={i18n}
        name="quantity"
        label={i18n.t('portal.plan.quantity')}
        value={typed.quantity ?? String(subscription.quantity)}
        error={errors.quantity}
        inputmode="numeric"
        maxlength={6}
        class="how-many"
        required
      />
      {addons.length === 0 ? null : (
        <fieldset>
          <legend>{i18n.t('portal.plan.addons')}</legend>
          {addons.map((addon) => (
            <AddonField page={page} subscription={subscription} addon={addon} errors={errors} typed={typed} />
          ))}
        </fieldset>
      )}
      <TextField
        i18n={i18n}
        name="code"
        label={i18n.t('checkout.code')}
        value={typed.code}
        error={errors.code}
        maxlength={100}
        optional
      />
      <div class="ways">
        <Button look="primary" wide>
          {i18n.t('portal.plan.see')}
        </Button>
        <p class="small soft">{i18n.t('portal.plan.see_note')}</p>
      </div>
    </div>
  )
}

type AddonFieldProps = Pick<PlanPageProps, 'page' | 'subscription' | 'errors' | 'typed'> & { addon: OfferedAddon }

function AddonField({ page: { i18n }, subscription, addon, errors = {}, typed = {} }: AddonFieldProps) {
  const name = addonField(addon.addon_id)
  const money = i18n.money(addon.price, subscription.currency)
  const price =
    addon.rhythm === null
      ? i18n.t('portal.plan.addon_price_each_period', { price: money })
      : i18n.t('portal.plan.addon_price', {
          price: money,
          interval: i18n.perInterval(addon.rhythm.count, addon.rhythm.interval),
        })
  const only =
    addon.only_with.length > 0 ? i18n.t('portal.plan.addon_only', { plans: namesOf(i18n, addon.only_with) }) : ''
  return (
    <TextField
      i18n={i18n}
      name={name}
      label={addon.name}
      hint={[price, only].filter(Boolean).join(' ')}
      value={typed[name] ?? String(addon.quantity)}
      error={errors[name]}
      inputmode="numeric"
      maxlength={6}
      class="how-many"
    />
  )
}
