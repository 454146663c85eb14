import { endpoint } from '#api/endpoint.ts'
import { getMeter } from '#core/usage/queries.ts'
import { meterSchema, meterToWire } from '#wire/meter.ts'

export const retrieveMeterEndpoint = endpoint(
  {
    method: 'get',
    path: '/meters/{meter_id}',
    operation: 'retrieveMeter',
    noun: 'Meters',
    summary: 'Retrieve a meter',
    answer: meterSchema,
  },
  async (ctx, { params }) => meterToWire(await getMeter(ctx, params.meter_id)),
)
