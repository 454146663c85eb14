import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { instant } from '#api/input/instant.ts'
import { pageParams } from '#api/input/query.ts'
import { id } from '#api/input/text.ts'
import { listUsage } from '#core/usage/usage-history.ts'
import { listSchema } from '#wire/list.ts'
import { usagePeriodSchema, usagePeriodToWire } from '#wire/usage-history.ts'

export const usageHistoryQuery = z.object({
  ...pageParams,
  meter_id: id().optional(),
  start_date: instant().optional().openapi({ description: 'Periods that end at this time or later' }),
  end_date: instant().optional().openapi({ description: 'Periods that begin at this time or earlier' }),
})

export const retrieveUsageHistoryEndpoint = endpoint(
  {
    method: 'get',
    path: '/subscriptions/{subscription_id}/usage-history',
    operation: 'retrieveUsageHistory',
    noun: 'Subscriptions',
    summary: 'Retrieve what a subscription used',
    description: 'Period by period, the running one first. A change of plan cuts a period in two.',
    query: usageHistoryQuery,
    answer: listSchema(usagePeriodSchema),
  },
  async (ctx, { params, query }) => {
    const { currency, periods } = await listUsage(ctx, params.subscription_id, query, query)
    return { items: periods.map((period) => usagePeriodToWire(period, currency)) }
  },
)
