import { endpoint } from '#api/endpoint.ts'
import { archiveMeter } from '#core/usage/archive-meter.ts'

export const archiveMeterEndpoint = endpoint(
  {
    method: 'delete',
    path: '/meters/{meter_id}',
    operation: 'archiveMeter',
    noun: 'Meters',
    summary: 'Archive a meter',
    description: 'It can be priced no more. Subscriptions that were sold with it keep it.',
    status: 204,
  },
  async (ctx, { params }) => {
    await archiveMeter(ctx, params.meter_id)
    return undefined
  },
)
