import type { PortalPage } from '#portal/shell.tsx'
import { ErrorState } from '#ui/components/states.tsx'

/** A part of the page, never to be mistaken for one with nothing in it. */
export function UsageFailed({ page: { i18n }, href }: { page: PortalPage; href: string }) {
  return (
    <ErrorState
      title={i18n.t('portal.usage.failed')}
      text={i18n.t('portal.failed_text')}
      retry={{ href, label: i18n.t('error.retry') }}
    />
  )
}
