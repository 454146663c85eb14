import { endpoint } from '#api/endpoint.ts'
import { setBusiness } from '#core/businesses/set-business.ts'
import { setSettings } from '#core/businesses/set-settings.ts'
import { inTransaction } from '#src/context.ts'
import { businessSchema, businessToWire } from '#wire/business.ts'
import { splitChange, updateBusinessBody } from './business-input.ts'

export const updateBusinessEndpoint = endpoint(
  {
    method: 'patch',
    path: '/portico/business',
    operation: 'updateBusiness',
    noun: 'Business',
    summary: 'Change the business',
    description:
      'What is left out stays; null clears what may be null. Name, addresses, tax id, currency, time zone and prefix are those of both modes: once there is a key for live mode, only such a key changes them. What is issued keeps the old words.',
    body: updateBusinessBody,
    example: { support_email: 'help@linden.example', allow_subscription_pause: true, grace_period_days: 5 },
    answer: businessSchema,
  },
  async (outer, { body }) =>
    inTransaction(outer, async (ctx) => {
      const { change, settings } = splitChange(body)
      const { business } = await setBusiness(ctx, ctx.business.business_id, change)
      return businessToWire(business, await setSettings(ctx, settings))
    }),
)
