import { describe, expect, test } from 'vitest'
import { decideGrant, type HeldGrant, planGrants } from './grant.ts'

const delivered = { status: 'Delivered', revocation_reason: null } as const
const revoked = (revocation_reason: string) => ({ status: 'Revoked', revocation_reason }) as const

describe('a grant follows its subscription', () => {
  test.each([
    ['on_hold', 'subscription_on_hold'],
    ['paused', 'SubscriptionPaused'],
    ['cancelled', 'subscription_cancelled'],
    ['expired', 'subscription_expired'],
  ] as const)('%s closes it', (status, reason) => {
    expect(decideGrant(delivered, status)).toEqual({ type: 'revoke', reason })
    expect(decideGrant(revoked(reason), status)).toEqual({ type: 'keep' })
  })

  test('what only rested opens again; an end is final', () => {
    for (const reason of ['subscription_on_hold', 'SubscriptionPaused']) {
      expect(decideGrant(revoked(reason), 'active')).toEqual({ type: 'deliver' })
      expect(decideGrant(revoked(reason), 'cancelled')).toEqual({ type: 'revoke', reason: 'subscription_cancelled' })
    }
    for (const reason of ['subscription_cancelled', 'plan_changed', 'refund', 'manual', 'license_key_disabled']) {
      expect(decideGrant(revoked(reason), 'active')).toEqual({ type: 'keep' })
      expect(decideGrant(revoked(reason), 'on_hold')).toEqual({ type: 'keep' })
    }
  })

  test('grace keeps it open, and what was promised waits for the first payment', () => {
    expect(decideGrant(delivered, 'past_due')).toEqual({ type: 'keep' })
    const promised = { status: 'Pending', revocation_reason: null } as const
    expect(decideGrant(promised, 'pending')).toEqual({ type: 'keep' })
    expect(decideGrant(promised, 'active')).toEqual({ type: 'deliver' })
  })
})

describe('a change of plan', () => {
  const grant = (grant_id: string, entitlement_id: string, state: object = delivered) =>
    ({ grant_id, entitlement_id, ...state }) as HeldGrant
  const told = (held: HeldGrant[], wanted: Parameters<typeof planGrants>[1]) => {
    const { kept, revoked: gone, created } = planGrants(held, wanted)
    const ids = (grants: HeldGrant[]) => grants.map(({ grant_id }) => grant_id)
    return { kept: ids(kept), revoked: ids(gone), created }
  }

  test('keeps what both plans unlock, revokes and creates the rest', () => {
    const held = [grant('1', 'A'), grant('2', 'B')]
    expect(
      told(held, [
        { entitlement_id: 'A', count: 1 },
        { entitlement_id: 'C', count: 2 },
      ]),
    ).toEqual({
      kept: ['1'],
      revoked: ['2'],
      created: [{ entitlement_id: 'C', count: 2 }],
    })
  })

  test('fewer seats keep the older keys; more seats bring new ones', () => {
    const held = [grant('3', 'A'), grant('1', 'A'), grant('2', 'A')]
    expect(told(held, [{ entitlement_id: 'A', count: 2 }])).toEqual({ kept: ['1', '2'], revoked: ['3'], created: [] })
    expect(told(held, [{ entitlement_id: 'A', count: 4 }]).created).toEqual([{ entitlement_id: 'A', count: 1 }])
  })

  test('a key the merchant disabled keeps its seat, the last of all; one that a change took away has none', () => {
    const held = [
      grant('1', 'A', revoked('license_key_disabled')),
      grant('2', 'A'),
      grant('3', 'A', revoked('plan_changed')),
    ]
    expect(told(held, [{ entitlement_id: 'A', count: 2 }])).toEqual({ kept: ['2', '1'], revoked: [], created: [] })
    expect(told(held, [{ entitlement_id: 'A', count: 1 }])).toEqual({ kept: ['2'], revoked: ['1'], created: [] })
  })
})
