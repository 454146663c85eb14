// What the form sends that chooses how a subscription is paid, or pays what it owes.
import { z } from 'zod'
import { textField } from '#ui/parse-form.ts'

/** Instead of a saved method: one that is entered at the processor. */
export const NEW_METHOD = 'new'

export const methodForm = z.object({
  /** Id of a saved one, or NEW_METHOD. */
  payment_method: textField({ max: 60, required: true }),
  for_all: textField({ max: 3 }),
  /** What the page said is owed; absent where nothing is. */
  dues_id: textField({ max: 60 }),
  times_declined: textField({ max: 10 }),
  amount: textField({ max: 20 }),
})

export type MethodField = keyof typeof methodForm.shape
