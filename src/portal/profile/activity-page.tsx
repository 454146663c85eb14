import { type PortalPage, Shell } from '#portal/shell.tsx'
import { Pagination } from '#ui/components/pagination.tsx'
import { ActivityList, type ActivityRow } from './activity-list.tsx'

interface ActivityPageProps {
  page: PortalPage
  rows: readonly ActivityRow[] | null
  /** From 1. */
  page_number: number
  has_more: boolean
}

export function ActivityPage({ page, rows, page_number, has_more }: ActivityPageProps) {
  const { i18n, urls, business } = page
  const { business_id } = business
  const title = i18n.t('portal.activity.title')
  const here = (number: number) => urls.portal.activity(business_id, { page: number })
  const back = { href: urls.portal.profile(business_id), label: i18n.t('portal.nav.profile') }
  return (
    <Shell page={page} section="profile" title={title} back={back}>
      <div class="head">
        <h1>{title}</h1>
        <p class="soft">{i18n.t('portal.activity.intro', { time_zone: i18n.timeZone })}</p>
      </div>
      <ActivityList page={page} rows={rows} here={here(page_number)} />
      <Pagination i18n={i18n} page_number={page_number} has_more={has_more} href={here} />
    </Shell>
  )
}
