import { endpoint } from '#api/endpoint.ts'
import { detachFile } from '#core/files/attach-files.ts'
import { assertDeliversFiles } from './add-file.ts'

export const detachFileEndpoint = endpoint(
  {
    method: 'delete',
    path: '/entitlements/{entitlement_id}/files/{file_id}',
    operation: 'deleteEntitlementFile',
    noun: 'Entitlements',
    summary: 'Detach a file',
    description: 'Nobody gets it by this entitlement any more. A file that no entitlement delivers is deleted.',
    status: 204,
    refusals: ['INVALID_REQUEST_PARAMETERS'],
  },
  async (ctx, { params }) => {
    const { entitlement_id } = await assertDeliversFiles(ctx, params.entitlement_id)
    await detachFile(ctx, entitlement_id, params.file_id)
    return undefined
  },
)
