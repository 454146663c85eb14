// What the pause form sends.

import { z } from 'zod'
import { choiceField } from '#ui/parse-form.ts'

/** Months; or until somebody ends it. */
export const pauseLengths = ['1', '2', '3', 'open'] as const
export type PauseLength = (typeof pauseLengths)[number]

export const pausingForm = z.object({ until: choiceField(pauseLengths, 'error.form.choose') })

export type PausingField = keyof typeof pausingForm.shape

/** The same day of a later month, on the business's calendar; null for a pause without an end. */
export function resumesAt(length: PauseLength, now: Temporal.Instant, time_zone: string): Temporal.Instant | null {
  return length === 'open'
    ? null
    : now
        .toZonedDateTimeISO(time_zone)
        .add({ months: Number(length) })
        .toInstant()
}
