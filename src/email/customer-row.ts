import { getCustomer } from '#core/customers/queries.ts'
import type { Fact } from '#email/letter.ts'
import type { MailPage } from '#email/mail.ts'

/** Whom a notice to the merchant is about, as they are called now. */
export async function customerRow({ ctx, i18n }: MailPage, customer_id: string): Promise<Fact & { name: string }> {
  const { name, email } = await getCustomer(ctx, customer_id)
  return { label: i18n.t('email.merchant.customer'), value: `${name} (${email})`, name }
}
