// What the cancel form sends.

import { z } from 'zod'
import { choiceField, textField } from '#ui/parse-form.ts'

export const cancellationFeedbacks = [
  'too_expensive',
  'missing_features',
  'switched_service',
  'unused',
  'customer_service',
  'low_quality',
  'too_complex',
  'other',
] as const

export const MAX_COMMENT = 500

export const cancellationForm = z.object({
  effective_at: choiceField(['next_billing_date', 'immediately'], 'error.form.choose'),
  cancellation_feedback: choiceField(cancellationFeedbacks, 'error.form.choose_reason'),
  cancellation_comment: textField({ max: MAX_COMMENT }),
})

export type CancellationField = keyof typeof cancellationForm.shape
