import { endpoint } from '#api/endpoint.ts'
import { unarchiveMeter } from '#core/usage/archive-meter.ts'

export const unarchiveMeterEndpoint = endpoint(
  {
    method: 'post',
    path: '/meters/{meter_id}/unarchive',
    operation: 'unarchiveMeter',
    noun: 'Meters',
    summary: 'Take a meter out of the archive',
  },
  async (ctx, { params }) => {
    await unarchiveMeter(ctx, params.meter_id)
    return undefined
  },
)
