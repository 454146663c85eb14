import type { MessageKey, Translator } from '#i18n/translator.ts'
import { Banner } from '#ui/components/banner.tsx'
import type { Tone } from '#ui/components/tag.tsx'

/** What was just done, said once on the page one comes back to; the value of `done` in its address. */
const tones = {
  cancelled: 'dim',
  cancellation_scheduled: 'ok',
  cancellation_undone: 'ok',
  change_undone: 'ok',
  discount_added: 'ok',
  not_possible: 'dim',
  pause_unpaid: 'wait',
  paused: 'ok',
  payment_pending: 'wait',
  resumed: 'ok',
  scheduled_change_undone: 'ok',
  details_saved: 'ok',
  email_change_sent: 'ok',
  invoice_corrected: 'ok',
  changed_meanwhile: 'wait',
  dues_paid: 'ok',
  dues_settled: 'ok',
  method_added: 'ok',
  method_changed: 'ok',
  method_changed_for_all: 'ok',
  method_default: 'ok',
  method_not_added: 'wait',
  method_removed: 'dim',
  method_unknown: 'wait',
  payment_declined: 'bad',
  payment_left: 'wait',
  plan_changed: 'ok',
  plan_change_scheduled: 'ok',
  device_deactivated: 'ok',
  devices_deactivated: 'ok',
  session_ended: 'ok',
} as const satisfies Record<string, Tone>

export type Notice = keyof typeof tones

/** Only what is on the list is said. */
export function noticeOf(done: string | undefined): Notice | null {
  return done !== undefined && Object.hasOwn(tones, done) ? (done as Notice) : null
}

export function NoticeBanner({ i18n, notice }: { i18n: Translator; notice: Notice }) {
  return (
    <Banner tone={tones[notice]} title={i18n.t(`portal.notice.${notice}` satisfies MessageKey)}>
      <p>{i18n.t(`portal.notice.${notice}_text` satisfies MessageKey)}</p>
    </Banner>
  )
}
