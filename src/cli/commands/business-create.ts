import { command } from '#cli/command.ts'
import { operatorOf } from '#cli/open.ts'
import { required } from '#cli/option.ts'
import { table } from '#cli/table.ts'
import { country, currency, email, invoicePrefix, name, postalLines, shortText, timezone } from '#cli/values.ts'
import { createApiKey } from '#core/api-keys/create-api-key.ts'
import { createBusiness } from '#core/businesses/create-business.ts'
import { type BusinessCtx, inTransaction, withBusiness } from '#src/context.ts'

export const businessCreate = command({
  name: 'business create',
  says: 'Makes a business with an API key and prints where its customers sign in. The key is shown this once.',
  options: {
    name: required(name('as its customers know it')),
    email: required(email('where its customers’ answers go')),
    legal_name: shortText('NAME', 'on invoices'),
    address: postalLines('on invoices; \\n between the lines'),
    country: country('on invoices: SE'),
    tax_id: shortText('ID', 'on invoices'),
    currency: currency('of new products: USD if left out'),
    timezone: timezone('in which its pages tell dates: UTC if left out'),
    support_email: email('shown to customers: --email if left out'),
    invoice_prefix: invoicePrefix('before invoice numbers: the initials if left out'),
  },
  async run(portico, values) {
    const { test, live } = portico.modes()
    const made = await inTransaction(operatorOf(test), async (ctx) => {
      const business = await createBusiness(ctx, values)
      const liveCtx = live && withBusiness({ ...operatorOf(live), db: ctx.db }, business.business)
      return { test: await enter(business), live: liveCtx && (await enter(liveCtx)), ...business.business }
    })
    const data = {
      business_id: made.business_id,
      test_api_key: made.test.key,
      login_url: made.test.login_url,
      ...(made.live && { live_api_key: made.live.key, live_login_url: made.live.login_url }),
    }
    return { data, text: table(Object.entries(data)).join('\n') }
  },
})

/** API keys of both modes lie in one table, so that a business is made with all of its keys or not at all. */
async function enter(ctx: BusinessCtx): Promise<{ key: string; login_url: string }> {
  const { key } = await createApiKey(ctx, { name: 'first key' })
  return { key, login_url: ctx.urls.login(ctx.business.business_id) }
}
