import type { Unlocked, UnlockedPurchase } from '#core/entitlements/customer-purchases.ts'
import type { Purchase } from '#portal/entitlements/entitlements-page.tsx'
import type { UnlockedThing } from '#portal/entitlements/unlocked-item.tsx'

export function tellPurchase({ subscription_id, payment_id, bought_at, unlocked }: UnlockedPurchase): Purchase {
  return {
    of: subscription_id === null ? { payment: payment_id ?? '' } : { subscription: subscription_id },
    product_names: [...new Set(unlocked.map(({ product_name }) => product_name))],
    bought_at,
    things: unlocked.map(tellThing),
  }
}

function tellThing(unlocked: Unlocked): UnlockedThing {
  const { grant_id, name, description, status, revocation_reason } = unlocked
  return { grant_id, name, description, status, revocation_reason, kind: kindOf(unlocked) }
}

function kindOf({ integration_type, files, count }: Unlocked): UnlockedThing['kind'] {
  if (integration_type === 'license_key') return { type: 'license_key', count }
  if (files === null) return { type: 'feature' }
  const kept = files.kept.map(({ file_id, filename, size }) => ({ file_id, filename, size }))
  return { type: 'files', host: files.address?.host ?? null, instructions: files.instructions, kept }
}
