import type { MessageKey } from '#i18n/translator.ts'
import type { PortalPage } from '#portal/shell.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import type { SubscriptionSummary } from './subscription-summary.tsx'
import type { Upcoming } from './timeline.tsx'

interface UndoButtonProps {
  page: PortalPage
  subscription: SubscriptionSummary
  item: Upcoming
}

/** Takes back what is scheduled; ends a pause before its time. Null for what comes whatever one does. */
export function UndoButton({ page, subscription, item }: UndoButtonProps) {
  const undo = undoOf(page, subscription, item)
  if (undo === null) return null
  const { i18n } = page
  return (
    <PostForm page={page} action={undo.action}>
      <button type="submit" class="btn small">
        {i18n.t(undo.label)}
        <span class="sr">: {i18n.t(`portal.timeline.will.${item.kind}`, { product: item.product ?? '' })}</span>
      </button>
    </PostForm>
  )
}

function undoOf(
  { urls, business }: PortalPage,
  { subscription_id }: SubscriptionSummary,
  item: Upcoming,
): { action: string; label: MessageKey } | null {
  const of = [business.business_id, subscription_id] as const
  switch (item.kind) {
    case 'cancellation':
      return { action: urls.portal.cancellationUndo(...of), label: 'portal.cancel.undo' }
    case 'change':
    case 'change_suspended':
      return { action: urls.portal.scheduledChangeUndo(...of), label: 'portal.cancel.undo' }
    case 'resume':
    case 'resume_open':
      return item.may_resume ? { action: urls.portal.resumption(...of), label: 'portal.pause.resume_now' } : null
    default:
      return null
  }
}
