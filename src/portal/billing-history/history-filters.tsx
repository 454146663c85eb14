// Narrowing the list: a form that asks for the same page, and the same list to take away.
import { isolate } from '#i18n/message.ts'
import type { MessageKey } from '#i18n/translator.ts'
import type { PortalPage } from '#portal/shell.tsx'
import { Button, ButtonLink } from '#ui/components/button.tsx'
import { type Choice, Select, TextField } from '#ui/components/field.tsx'
import { Icon } from '#ui/components/icon.tsx'
import { type AskedHistory, asQuery, filterStatuses, filterTypes, isNarrowed } from './history-query.ts'

interface FiltersProps {
  page: PortalPage
  asked: AskedHistory
  /** Those that payments can be narrowed to. */
  subscriptions: readonly { subscription_id: string; name: string }[]
  q_problem?: MessageKey
}

/** `can_clear`: whether the way back to the whole list stands here. */
export function Filters({ page, asked, subscriptions, q_problem, can_clear }: FiltersProps & { can_clear: boolean }) {
  const { i18n, urls, business } = page
  const choices: Choice[] = subscriptions.map(({ subscription_id, name }) => ({ value: subscription_id, label: name }))
  const all = urls.portal.billingHistory(business.business_id)
  return (
    <search>
      <details class="fold spreads" open={q_problem !== undefined}>
        <summary>
          <Icon name="chevron-right" flips />
          {isNarrowed(asked)
            ? i18n.t('portal.history.filtered', { what: whatIsSet(page, asked, subscriptions) })
            : i18n.t('portal.history.filters')}
        </summary>
        <form class="filters" method="get" action={all}>
          <TextField
            i18n={i18n}
            class="wide"
            type="search"
            name="q"
            label={i18n.t('portal.history.search')}
            value={asked.q}
            error={q_problem}
            maxlength={100}
          />
          <Select {...statuses(page, asked)} />
          <Select {...types(page, asked)} />
          {choices.length > 0 ? (
            <Select
              i18n={i18n}
              name="subscription"
              label={i18n.t('portal.history.subscription')}
              choices={choices}
              value={asked.subscription}
              placeholder={i18n.t('portal.history.all_subscriptions')}
            />
          ) : null}
          <TextField i18n={i18n} type="date" name="from" label={i18n.t('portal.history.from')} value={asked.from} />
          <TextField i18n={i18n} type="date" name="to" label={i18n.t('portal.history.to')} value={asked.to} />
          <Button>{i18n.t('portal.history.apply')}</Button>
          {can_clear && isNarrowed(asked) ? (
            <ButtonLink href={all} look="quiet">
              {i18n.t('portal.history.show_all')}
            </ButtonLink>
          ) : null}
        </form>
      </details>
    </search>
  )
}

/** "Paid, One-time, 2026-01-01 – 2026-03-31" */
function whatIsSet({ i18n }: PortalPage, asked: AskedHistory, subscriptions: FiltersProps['subscriptions']): string {
  const { q, status, type, subscription, from, to } = asked
  const said = [
    q,
    status && i18n.t(`portal.payment.${status}` satisfies MessageKey),
    type && i18n.t(`portal.price_type.${type}` satisfies MessageKey),
    subscription && subscriptions.find(({ subscription_id }) => subscription_id === subscription)?.name,
    (from ?? to) && `${from ?? ''} – ${to ?? ''}`,
  ]
  return i18n.list(said.flatMap((text) => (text ? [isolate(text, i18n.dir)] : [])))
}

function statuses({ i18n }: PortalPage, asked: AskedHistory) {
  return {
    i18n,
    name: 'status',
    label: i18n.t('portal.history.status'),
    choices: filterStatuses.map((value) => ({ value, label: i18n.t(`portal.payment.${value}` satisfies MessageKey) })),
    value: asked.status,
    placeholder: i18n.t('portal.history.all_statuses'),
  }
}

function types({ i18n }: PortalPage, asked: AskedHistory) {
  return {
    i18n,
    name: 'type',
    label: i18n.t('portal.history.type'),
    choices: filterTypes.map((value) => ({ value, label: i18n.t(`portal.price_type.${value}` satisfies MessageKey) })),
    value: asked.type,
    placeholder: i18n.t('portal.history.all_types'),
  }
}

/** What is shown, as a table to calculate with; the papers of the same days. */
export function Exports({ page, asked }: Pick<FiltersProps, 'page' | 'asked'>) {
  const { i18n, urls, business } = page
  const { from, to } = asked
  return (
    <p class="cluster exports">
      <ButtonLink look="quiet" small href={urls.portal.billingHistoryCsv(business.business_id, asQuery(asked))}>
        <Icon name="download" />
        {i18n.t('portal.history.export_csv')}
      </ButtonLink>
      <ButtonLink look="quiet" small href={urls.portal.billingHistoryZip(business.business_id, { from, to })}>
        <Icon name="download" />
        {i18n.t('portal.history.export_zip')}
      </ButtonLink>
    </p>
  )
}
