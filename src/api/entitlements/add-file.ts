import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { getEntitlement } from '#core/entitlements/queries.ts'
import { addFile } from '#core/files/add-file.ts'
import { MOST_BYTES } from '#core/files/queries.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/** What a form says around its file. */
const AROUND = 64 * 1024

export const addFileEndpoint = endpoint(
  {
    method: 'post',
    path: '/entitlements/{entitlement_id}/files',
    operation: 'uploadEntitlementFile',
    noun: 'Entitlements',
    summary: 'Attach a file',
    description:
      'One file of at most 500 MiB to an entitlement of digital_files: as the only file of a form, under any name of a field; or its ' +
      'bytes by themselves, with `Content-Disposition: attachment; filename="brushes.zip"`. Who was granted the entitlement has it too.',
    receives: 'file',
    limits: { bytes: MOST_BYTES + AROUND, keys: 0 },
    answer: z.object({ file_id: z.string() }).openapi('EntitlementFile'),
    status: 201,
  },
  async (ctx, { params, upload }) => {
    const { entitlement_id } = await assertDeliversFiles(ctx, params.entitlement_id)
    const file_id = await upload.receive((file) => addFile(ctx, entitlement_id, file))
    return { file_id }
  },
)

/** Before a byte is read. Throws NOT_FOUND, INVALID_REQUEST_PARAMETERS. */
export async function assertDeliversFiles(ctx: BusinessCtx, entitlement_id: string) {
  const entitlement = await getEntitlement(ctx, entitlement_id)
  if (entitlement.integration_type === 'digital_files') return entitlement
  throw new AppError('INVALID_REQUEST_PARAMETERS', { message: 'Only an entitlement of digital_files holds files' })
}
