// Who did what, when: in the words of the person it concerns.
import type { MessageKey } from '#i18n/translator.ts'
import type { PortalPage } from '#portal/shell.tsx'
import { EmptyState, ErrorState } from '#ui/components/states.tsx'

export interface ActivityRow {
  occurred_at: Temporal.Instant
  what: MessageKey
  who: 'you' | 'business' | 'automatic'
  /** The plan it was done to; null where it was not one. */
  subject: string | null
}

interface ActivityListProps {
  page: PortalPage
  /** Null where they could not be read. */
  rows: readonly ActivityRow[] | null
  /** To try again. */
  here: string
}

export function ActivityList({ page, rows, here }: ActivityListProps) {
  const { i18n } = page
  if (rows === null) {
    return (
      <ErrorState
        title={i18n.t('portal.activity.failed')}
        text={i18n.t('portal.failed_text')}
        retry={{ href: here, label: i18n.t('error.retry') }}
      />
    )
  }
  if (rows.length === 0) return <EmptyState title={i18n.t('portal.activity.none')} />
  return (
    <ul class="list">
      {rows.map((row) => (
        <li class="item">
          <div class="grow">
            <b>{i18n.t(row.what)}</b>
            <p class="small soft">
              {row.subject === null ? null : (
                <>
                  <bdi>{row.subject}</bdi> ·{' '}
                </>
              )}
              {whoOf(page, row)}
            </p>
          </div>
          <time class="small soft num" datetime={row.occurred_at.toString()}>
            {i18n.dateTime(row.occurred_at)}
          </time>
        </li>
      ))}
    </ul>
  )
}

function whoOf({ i18n, business }: PortalPage, { who }: ActivityRow): string {
  if (who === 'you') return i18n.t('portal.activity.by_you')
  return who === 'business'
    ? i18n.t('portal.activity.by_business', { business: business.name })
    : i18n.t('portal.activity.automatic')
}
