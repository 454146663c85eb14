import { endpoint } from '#api/endpoint.ts'
import { getAddon } from '#core/catalog/queries.ts'
import { addonSchema, addonToWire } from '#wire/addon.ts'

export const retrieveAddonEndpoint = endpoint(
  {
    method: 'get',
    path: '/addons/{addon_id}',
    operation: 'retrieveAddon',
    noun: 'Add-ons',
    summary: 'Retrieve an add-on',
    answer: addonSchema,
  },
  async (ctx, { params }) => addonToWire(await getAddon(ctx, params.addon_id), ctx.urls),
)
