import { z } from 'zod'
import { textField } from '#ui/parse-form.ts'

/** Who an invoice should have been written to. */
export const invoiceDetailsForm = z.object({
  name: textField({ max: 200, required: true }),
  business_name: textField({ max: 250 }),
  tax_id: textField({ max: 50 }),
  street: textField({ max: 300 }),
  city: textField({ max: 150 }),
  zipcode: textField({ max: 20 }),
  state: textField({ max: 150 }),
})

export type InvoiceDetailsField = keyof typeof invoiceDetailsForm.shape
