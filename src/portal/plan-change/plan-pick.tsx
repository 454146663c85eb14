import type { Translator } from '#i18n/translator.ts'
import { Tag } from '#ui/components/tag.tsx'
import type { OfferedPlan } from './plan-page.tsx'

interface PlanPickProps {
  i18n: Translator
  plan: OfferedPlan
  currency: string
  /** product_id */
  chosen: string
}

/** One plan: its name and whether it is more or less, what it includes, and what it costs in its own rhythm. */
export function PlanPick({ i18n, plan, currency, chosen }: PlanPickProps) {
  const { product_id, name, description, current, direction, sold } = plan
  const interval = i18n.perInterval(plan.count, plan.interval)
  return (
    <label class="pick plan">
      <input
        type="radio"
        name="product_id"
        value={product_id}
        checked={product_id === chosen && sold}
        disabled={!sold}
        required
      />
      <span class="grow">
        <b>
          <bdi>{name}</bdi> {current ? <Tag tone="ok">{i18n.t('portal.plan.current')}</Tag> : null}
          {direction === null ? null : <Tag>{i18n.t(`portal.plan.${direction}`)}</Tag>}
        </b>
        {description ? (
          <span class="note">
            <bdi>{description}</bdi>
          </span>
        ) : null}
        {current && !sold ? <span class="note">{i18n.t('portal.plan.no_longer_sold')}</span> : null}
      </span>
      <span class="cost">
        <bdi class="num">{i18n.money(plan.price, currency)}</bdi>{' '}
        <span class="note">{plan.metered ? i18n.t('portal.price.plus_usage', { interval }) : interval}</span>
      </span>
    </label>
  )
}
