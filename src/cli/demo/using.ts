// What the customer of the demo does with what she bought: devices, frames by the thousand; and what she is given.
import { FRAMES } from '#cli/demo/catalog.ts'
import type { PersonName } from '#cli/demo/people.ts'
import type { Stage } from '#cli/demo/stage.ts'
import { adjustCredits } from '#core/credit-entitlements/adjust-credits.ts'
import { activateLicense } from '#core/licenses/activate-license.ts'
import { listLicenseKeys } from '#core/licenses/queries.ts'
import { ingestEvents } from '#core/usage/ingest-events.ts'
import { adjustWallet } from '#core/wallets/adjust-wallet.ts'

/** The newest key is entered there. */
export async function activate(stage: Stage, person: PersonName, devices: readonly string[]): Promise<void> {
  const [key] = await listLicenseKeys(stage.ctx, idOf(stage, person), 1)
  if (key === undefined) throw new Error(`${person} has no key`)
  for (const device of devices) await activateLicense(stage.ctx, key.key, device)
}

export async function render(stage: Stage, person: PersonName, frames: number): Promise<void> {
  const event_id = `${person}-${stage.ctx.clock.now().toString()}`
  const customer_id = idOf(stage, person)
  await ingestEvents(stage.ctx, [{ event_id, customer_id, event_name: FRAMES, metadata: { frames } }])
}

/** Money in the wallet, and images that are to be used within two months. */
export async function give(stage: Stage, person: PersonName): Promise<void> {
  const { ctx, catalog } = stage
  const customer_id = idOf(stage, person)
  const gift = { entry_type: 'credit', idempotency_key: null } as const
  await adjustWallet(ctx, customer_id, {
    ...gift,
    ...{ currency: 'EUR', amount: 1500, reason: 'Thank you for reporting the brush that smeared' },
  })
  await adjustCredits(ctx, {
    ...gift,
    ...{ customer_id, credit_entitlement_id: catalog.images, amount: '40', metadata: {} },
    ...{ expires_at: ctx.clock.now().add({ hours: 24 * 60 }), reason: 'For your spring catalogue' },
  })
}

function idOf({ customers }: Stage, person: PersonName): string {
  const id = customers.get(person)
  if (id === undefined) throw new Error(`${person} has bought nothing yet`)
  return id
}
