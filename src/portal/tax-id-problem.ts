import { hasTaxIdForm } from '#billing/tax-id.ts'
import type { MessageKey } from '#i18n/translator.ts'

/** A company is named with its tax ID, and the ID looks like those of its country; '' is nothing typed. */
export function taxIdProblem(country: string, tax_id: string, business_name: string): MessageKey | undefined {
  if (tax_id !== '' && !hasTaxIdForm(country, tax_id)) return 'checkout.problem.tax_id'
  if (business_name !== '' && tax_id === '') return 'portal.invoice_details.tax_id_needed'
  return undefined
}
