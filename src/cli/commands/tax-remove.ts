import { z } from '@hono/zod-openapi'
import { command } from '#cli/command.ts'
import { businessOfMode } from '#cli/open.ts'
import { flag, option, required } from '#cli/option.ts'
import { businessId } from '#cli/values.ts'
import { removeTaxRate } from '#core/tax/remove-tax-rate.ts'

const taxRateId = z
  .string()
  .regex(/^txr_[0-9A-Za-z]{1,40}$/, 'must be an id such as txr_0abc; portico tax list tells it')

export const taxRemove = command({
  name: 'tax remove',
  says: 'Takes a rate out of a business’s tax table. Issued invoices keep what they say.',
  options: {
    business: required(businessId()),
    id: required(option('RATE', 'its id: txr_…', taxRateId)),
    live: flag('in live mode; test mode if left out'),
  },
  async run(portico, { business, id, live }) {
    await removeTaxRate(await businessOfMode(portico, business, live), id)
    return { data: { tax_rate_id: id }, text: `${id} is removed.` }
  },
})
