import { statusWhenOpened } from '#billing/license-key.ts'
import { recordAudit } from '#core/audit/record-audit.ts'
import { lockLicenseKey, setStatus } from '#core/licenses/store.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

/** Its end has come; nothing happens before, or where it has expired already. */
export async function expireLicenseKey(outer: BusinessCtx, license_key_id: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const { status, expires_at, customer_id } = await lockLicenseKey(ctx, license_key_id)
    if (status === 'expired' || statusWhenOpened(expires_at, ctx.clock.now()) === 'active') return
    await setStatus(ctx, license_key_id, 'expired')
    await recordAudit(ctx, { action: 'license_key.expired', resource_id: license_key_id, customer_id })
  })
}
