// What the cancel form sends.

import { z } from 'zod'
import { cancellationFeedbacks } from '#billing/cancellation.ts'
import { choiceField, textField } from '#ui/parse-form.ts'

export const MAX_COMMENT = 500

export const cancellationForm = z.object({
  effective_at: choiceField(['next_billing_date', 'immediately'], 'error.form.choose'),
  cancellation_feedback: choiceField(cancellationFeedbacks, 'error.form.choose_reason'),
  cancellation_comment: textField({ max: MAX_COMMENT }),
})

export type CancellationField = keyof typeof cancellationForm.shape
