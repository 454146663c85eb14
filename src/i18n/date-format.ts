/** An instant, its RFC 3339 text or its epoch milliseconds; a plain date or its text ("2026-01-31") is shown as it stands. */
export type When = Temporal.Instant | Temporal.PlainDate | string | number

export interface DateFormats {
  /** "January 31, 2026" */
  date(when: When): string
  /** "Jan 31, 2026" */
  shortDate(when: When): string
  /** "Jan 31, 2026, 10:15 AM GMT+1": the zone is named. */
  dateTime(when: When): string
  /** Whole days of the half-open period [start, end): a period that ends at midnight of March 1 is shown up to its last day. */
  period(start: When, end: When): string
}

const longDate = { year: 'numeric', month: 'long', day: 'numeric' } as const
const shortDate = { year: 'numeric', month: 'short', day: 'numeric' } as const
const dateTime = { ...shortDate, hour: 'numeric', minute: '2-digit', timeZoneName: 'short' } as const

const PLAIN_DATE = /^\d{4}-\d{2}-\d{2}$/

export function dateFormats(intlLocale: string, timeZone: string): DateFormats {
  const long = zoned(intlLocale, timeZone, longDate)
  const short = zoned(intlLocale, timeZone, shortDate)
  const full = zoned(intlLocale, timeZone, dateTime)
  return {
    date: (when) => long(isPlain(when)).format(milliseconds(when)),
    shortDate: (when) => short(isPlain(when)).format(milliseconds(when)),
    dateTime: (when) => full(isPlain(when)).format(milliseconds(when)),
    period: (start, end) => {
      const from = milliseconds(start)
      // Thin spaces around the dash are CLDR's; ordinary ones are in every font.
      return short(isPlain(start))
        .formatRange(from, Math.max(from, milliseconds(end) - 1))
        .replaceAll('\u2009', ' ')
    },
  }
}

/** Makes each formatter on its first use: they are costly, and most pages use one of them. */
function zoned(intlLocale: string, timeZone: string, options: Intl.DateTimeFormatOptions) {
  let inZone: Intl.DateTimeFormat | undefined
  let inUtc: Intl.DateTimeFormat | undefined
  return (plain: boolean): Intl.DateTimeFormat => {
    if (plain) {
      inUtc ??= new Intl.DateTimeFormat(intlLocale, { ...options, timeZone: 'UTC' })
      return inUtc
    }
    inZone ??= new Intl.DateTimeFormat(intlLocale, { ...options, timeZone })
    return inZone
  }
}

function isPlain(when: When): boolean {
  return when instanceof Temporal.PlainDate || (typeof when === 'string' && PLAIN_DATE.test(when))
}

function milliseconds(when: When): number {
  if (typeof when === 'number') return when
  if (when instanceof Temporal.Instant) return when.epochMilliseconds
  const text = when.toString()
  return Temporal.Instant.from(PLAIN_DATE.test(text) ? `${text}T00:00Z` : text).epochMilliseconds
}
