import { z } from '@hono/zod-openapi'
import { businessNamed } from '#cli/business-named.ts'
import { command } from '#cli/command.ts'
import { operatorOf } from '#cli/open.ts'
import { option, required } from '#cli/option.ts'
import { UsageError } from '#cli/usage-error.ts'
import { businessId, oneOf } from '#cli/values.ts'
import { eraseCustomer } from '#core/erasure/erase-customer.ts'
import { AppError } from '#src/errors.ts'

const customerId = z.string().regex(/^cus_[0-9A-Za-z]{1,40}$/, 'must be an id such as cus_0abc')

export const customerErase = command({
  name: 'customer erase',
  says: 'Ends what runs for a customer and erases who they were, but for issued invoices. There is no way back.',
  options: {
    business: required(businessId()),
    customer: required(option('CUSTOMER', 'their id: cus_…', customerId)),
    mode: oneOf(['test', 'live'], 'test if left out'),
  },
  async run(portico, { business, customer, mode = 'test' }) {
    const runtime = portico.modes()[mode]
    if (runtime === undefined) throw new UsageError('Live mode is off; set PORTICO_LIVE_URL, or leave --mode live out.')
    const ctx = await businessNamed(operatorOf(runtime), business)
    try {
      await eraseCustomer(ctx, customer)
    } catch (error) {
      if (error instanceof AppError) throw new UsageError(`${error.message}.`)
      throw error
    }
    return { data: { business_id: business, customer_id: customer, mode }, text: `${customer} is erased.` }
  },
})
