// Who did what, when: in the words of the person it concerns.
import type { PortalPage } from '#portal/shell.tsx'
import { EmptyState, ErrorState } from '#ui/components/states.tsx'

export interface ActivityRow {
  occurred_at: Temporal.Instant
  /** As it is said: "$87.00 was paid for Studio Pro" */
  what: string
  /** Null where it happened by no deed of anybody. */
  who: 'you' | 'business' | 'automatic' | null
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
            <p>{row.what}</p>
            <p class="small soft">
              {whoOf(page, row)}
              <time datetime={row.occurred_at.toString()}>{i18n.dateTime(row.occurred_at)}</time>
            </p>
          </div>
        </li>
      ))}
    </ul>
  )
}

function whoOf({ i18n, business }: PortalPage, { who }: ActivityRow): string | null {
  if (who === null) return null
  const said =
    who === 'business' ? i18n.t('portal.activity.by_business', { business: business.name }) : i18n.t(saying[who])
  return `${said} · `
}

const saying = { you: 'portal.activity.by_you', automatic: 'portal.activity.automatic' } as const
