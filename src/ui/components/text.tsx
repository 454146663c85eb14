// Values set in running text: money, dates. Isolated, so that neither moves the words beside it.
import type { Translator, When } from '#i18n/translator.ts'

interface MoneyProps {
  i18n: Translator
  /** Minor units. */
  amount: number
  currency: string
}

export function Money({ i18n, amount, currency }: MoneyProps) {
  return <bdi class="num">{i18n.money(amount, currency)}</bdi>
}

/** A day; hovering it names the time and the zone. */
export function DateText({ i18n, when, short = false }: { i18n: Translator; when: When; short?: boolean }) {
  return (
    <time datetime={String(when)} title={i18n.dateTime(when)}>
      {short ? i18n.shortDate(when) : i18n.date(when)}
    </time>
  )
}
