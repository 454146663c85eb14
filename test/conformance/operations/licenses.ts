// License keys, their devices, entitlements and grants through the published SDK.
import type DodoPayments from 'dodopayments'
import {
  BadRequestError,
  ConflictError,
  NotFoundError,
  PermissionDeniedError,
  UnprocessableEntityError,
} from 'dodopayments'
import { beforeEach, describe, expect, test } from 'vitest'
import { checkedClient } from '#test/conformance/checked-client.ts'
import { buy, download, payCheckout, plan } from '#test/support/buy.ts'
import { offer } from '#test/support/everyday.ts'
import { stage } from '#test/support/stage.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

describe('license keys and entitlements', () => {
  const pages = { page_number: 0, page_size: 50 }

  describe('licenses through the SDK', () => {
    const { newWorld } = stage()
    let world: World
    let client: DodoPayments

    beforeEach(async () => {
      world = await newWorld({ startsAt: '2026-01-31T09:00:00Z' })
      client = checkedClient(world)
    })

    const licensed = { license_key_enabled: true, license_key_activations_limit: 2 }
    const firstKey = async () => {
      const [key] = (await client.licenseKeys.list(pages)).items
      if (key === undefined) throw new Error('the purchase brought a key')
      return key
    }

    test('a key is activated, validated, given up, and its devices are listed and named', async () => {
      await buy(world, download(4900, licensed))
      const { id, key, status, source, instances_count } = await firstKey()
      expect({ status, source, instances_count }).toEqual({ status: 'active', source: 'auto', instances_count: 0 })
      const device = await client.licenses.activate({ license_key: key, name: 'Studio Mac' })
      expect(device).toMatchObject({ license_key_id: id, name: 'Studio Mac', customer: { name: 'Mara Lindqvist' } })
      expect(await client.licenses.validate({ license_key: key, license_key_instance_id: device.id })).toEqual({
        valid: true,
      })
      expect(await client.licenses.validate({ license_key: 'nobody’s' })).toEqual({ valid: false })
      await client.licenses.activate({ license_key: key, name: 'Laptop' })
      await expect(client.licenses.activate({ license_key: key, name: 'Phone' })).rejects.toThrow(
        UnprocessableEntityError,
      )
      const named = await client.licenseKeyInstances.update(device.id, { name: 'Old Mac' })
      expect(await client.licenseKeyInstances.retrieve(device.id)).toEqual(named)
      const { items } = await client.licenseKeyInstances.list({ license_key_id: id, ...pages })
      expect(items.map(({ name }) => name)).toEqual(['Laptop', 'Old Mac'])
      await client.licenses.deactivate({ license_key: key, license_key_instance_id: device.id })
      const again = client.licenses.deactivate({ license_key: key, license_key_instance_id: device.id })
      await expect(again).rejects.toThrow(PermissionDeniedError)
      await expect(client.licenseKeyInstances.retrieve(device.id)).rejects.toThrow(NotFoundError)
      expect((await client.licenseKeys.retrieve(id)).instances_count).toBe(1)
    })

    test('a key is limited, ended, disabled and enabled, and its grant goes with it', async () => {
      const { customer_id } = await buy(world, download(4900, licensed))
      const { id, key } = await firstKey()
      const grant = async () => (await client.customers.listEntitlementGrants(customer_id, pages)).items[0]
      for (const name of ['Mac', 'Laptop']) await client.licenses.activate({ license_key: key, name })
      await expect(client.licenseKeys.update(id, { activations_limit: 1 })).rejects.toMatchObject({
        error: { code: 'ACTIVATION_LIMIT_LESS_THAN_CURRENT_AMOUNT' },
      })
      expect((await client.licenseKeys.update(id, { activations_limit: null })).activations_limit).toBeNull()
      expect((await client.licenseKeys.update(id, { disabled: true })).status).toBe('disabled')
      expect(await grant()).toMatchObject({ status: 'Revoked', revocation_reason: 'license_key_disabled' })
      await expect(client.licenses.activate({ license_key: key, name: 'Phone' })).rejects.toThrow(PermissionDeniedError)
      expect((await client.licenseKeys.update(id, { disabled: false })).status).toBe('active')
      expect(await grant()).toMatchObject({ status: 'Delivered', revocation_reason: null, revoked_at: null })
      expect(await client.licenseKeys.update(id, { expires_at: '2026-01-30T00:00:00Z' })).toMatchObject({
        status: 'expired',
      })
      expect(await client.licenseKeys.update(id, { expires_at: '2026-03-01T00:00:00Z' })).toMatchObject({
        status: 'active',
      })
      await world.advanceTo('2026-03-01T00:00:00Z')
      expect((await client.licenseKeys.list({ status: 'expired', ...pages })).items).toHaveLength(1)
      expect(await brokenInvariants(world)).toEqual([])
    })

    test('a key of a subscription has no end of its own', async () => {
      const { subscription_id } = await buy(world, plan({}, licensed))
      const { id } = await firstKey()
      await expect(client.licenseKeys.update(id, { expires_at: '2027-01-01T00:00:00Z' })).rejects.toThrow(
        BadRequestError,
      )
      await client.licenseKeys.update(id, { disabled: true })
      await client.subscriptions.update(subscription_id, { status: 'cancelled' })
      await expect(client.licenseKeys.update(id, { disabled: false })).rejects.toThrow(UnprocessableEntityError)
      expect((await client.licenseKeys.retrieve(id)).status).toBe('disabled')
    })

    test('a key from elsewhere is imported once, for who and what is there', async () => {
      const { customer_id, product_id } = await buy(world, download(4900))
      const imported = { customer_id, product_id, key: 'SUITE-2019-4711', activations_limit: 1 }
      const made = await client.licenseKeys.create(imported)
      expect(made).toMatchObject({ source: 'import', payment_id: null, subscription_id: null, status: 'active' })
      await expect(client.licenseKeys.create(imported)).rejects.toThrow(ConflictError)
      await expect(client.licenseKeys.create({ ...imported, key: 'b', customer_id: 'cus_x' })).rejects.toThrow(
        NotFoundError,
      )
      await expect(client.licenseKeys.create({ ...imported, key: 'c', product_id: 'pdt_x' })).rejects.toThrow(
        NotFoundError,
      )
      expect((await client.licenseKeys.list({ source: 'import', ...pages })).items).toEqual([made])
      expect((await client.licenses.activate({ license_key: imported.key, name: 'Old PC' })).license_key_id).toBe(
        made.id,
      )
      expect((await client.licenseKeys.update(made.id, { disabled: true })).status).toBe('disabled')
      expect((await client.licenseKeys.update(made.id, { disabled: false })).status).toBe('active')
      await expect(client.licenseKeys.retrieve('lic_nobody')).rejects.toThrow(NotFoundError)
    })

    test('entitlements are made, attached, granted, revoked and deleted', async () => {
      const feature = await client.entitlements.create({
        name: 'Exports',
        integration_type: 'feature_flag',
        integration_config: { feature_id: 'exports', feature_type: 'boolean' },
        metadata: { tier: 2 },
      })
      const files = await client.entitlements.create({
        name: 'Guide',
        description: 'As a book',
        integration_type: 'digital_files',
        integration_config: {
          digital_file_ids: [],
          external_url: 'https://linden.example/guide',
          instructions: 'Read it',
        },
      })
      const discord = { name: 'Chat', integration_type: 'discord', integration_config: { guild_id: '1' } } as const
      await expect(client.entitlements.create(discord)).rejects.toMatchObject({ error: { code: 'UNSUPPORTED_ACTION' } })
      expect(await client.entitlements.retrieve(feature.id)).toEqual(feature)
      expect((await client.entitlements.list({ integration_type: 'feature_flag', ...pages })).items).toEqual([feature])
      expect((await client.entitlements.list({ integration_type: 'discord', ...pages })).items).toEqual([])
      const renamed = await client.entitlements.update(feature.id, { name: 'All exports' })
      expect(renamed).toMatchObject({ name: 'All exports', metadata: { tier: 2 }, is_active: true })
      const { product_id } = await client.products.create({
        name: 'Course',
        tax_category: 'edtech',
        price: { type: 'one_time_price', currency: 'USD', price: 9900, discount: 0, purchasing_power_parity: false },
        entitlements: [{ entitlement_id: feature.id }, { entitlement_id: files.id }],
      })
      const unlocks = async () => (await client.products.retrieve(product_id)).entitlements.map(({ name }) => name)
      expect(await unlocks()).toEqual(['All exports', 'Guide'])
      await payCheckout(world, (await offer(world, product_id)).checkout_id)
      const { items } = await client.entitlements.grants.list(feature.id, { status: 'Delivered', ...pages })
      expect(items).toMatchObject([
        { integration_type: 'feature_flag', feature: { feature_id: 'exports' }, license_key: null },
      ])
      const [grant] = items
      const customer_id = grant?.customer_id ?? ''
      const revoked = await client.entitlements.grants.revoke(grant?.id ?? '', { id: feature.id })
      expect(revoked).toMatchObject({ status: 'Revoked', revocation_reason: 'manual' })
      expect(await client.entitlements.grants.revoke(revoked.id, { id: feature.id })).toEqual(revoked)
      await expect(client.entitlements.grants.revoke(revoked.id, { id: files.id })).rejects.toThrow(NotFoundError)
      const held = await client.customers.listEntitlements(customer_id)
      expect(held.items.map(({ entitlement_name, status }) => `${entitlement_name} ${status}`).sort()).toEqual([
        'All exports revoked',
        'Guide delivered',
      ])
      const delivered = await client.customers.listEntitlementGrants(customer_id, {
        integration_type: 'digital_files',
        ...pages,
      })
      expect(delivered.items[0]?.digital_product_delivery).toMatchObject({
        external_url: 'https://linden.example/guide',
      })
      await client.entitlements.delete(feature.id)
      expect(await unlocks()).toEqual(['Guide'])
      await expect(client.entitlements.retrieve(feature.id)).rejects.toThrow(NotFoundError)
      await client.products.update(product_id, { entitlements: [] })
      expect(await unlocks()).toEqual([])
    })

    test('a key that the merchant supplies is delivered once', async () => {
      const { id: entitlement_id } = await client.entitlements.create({
        name: 'Suite',
        integration_type: 'license_key',
        integration_config: {
          fulfillment_mode: 'manual',
          activations_limit: 3,
          duration_count: 1,
          duration_interval: 'Year',
        },
      })
      const { product_id } = await client.products.create({
        name: 'Suite',
        tax_category: 'saas',
        price: { type: 'one_time_price', currency: 'USD', price: 9900, discount: 0, purchasing_power_parity: false },
        entitlements: [{ entitlement_id }],
      })
      await payCheckout(world, (await offer(world, product_id)).checkout_id)
      const [waiting] = (await client.entitlements.grants.list(entitlement_id, pages)).items
      expect(waiting).toMatchObject({ status: 'Pending', license_key: null })
      const id = waiting?.id ?? ''
      const supply = () => client.entitlements.grants.fulfillLicenseKey(id, { key: 'SUITE-2026-0815' })
      expect(await supply()).toMatchObject({
        status: 'Delivered',
        license_key: { key: 'SUITE-2026-0815', activations_limit: 3 },
      })
      await expect(supply()).rejects.toThrow(ConflictError)
      // For a year from when it was supplied: 31 January 2027.
      const key = await firstKey()
      expect([key.source, key.expires_at?.slice(0, 10)]).toEqual(['manual', '2027-01-31'])
      await expect(client.entitlements.grants.fulfillLicenseKey('entg_x', { key: 'a' })).rejects.toThrow(NotFoundError)
      expect(await brokenInvariants(world)).toEqual([])
    })

    test('license_key_enabled is an entitlement of the product, described in either place', async () => {
      const { product_id } = await buy(world, download(4900, licensed))
      const own = async () => (await client.products.retrieve(product_id)).entitlements[0]
      const { id = '' } = (await own()) ?? {}
      expect((await own())?.integration_config).toMatchObject({ activations_limit: 2, fulfillment_mode: 'auto' })
      await client.products.update(product_id, { license_key_activations_limit: 4 })
      expect((await client.entitlements.retrieve(id)).integration_config).toMatchObject({ activations_limit: 4 })
      await client.entitlements.update(id, { integration_config: { activations_limit: 7 } })
      expect((await client.products.retrieve(product_id)).license_key_activations_limit).toBe(7)
      await client.products.update(product_id, { license_key_enabled: false })
      expect(await own()).toBeUndefined()
      await client.products.update(product_id, { license_key_enabled: true })
      expect((await own())?.id).toBe(id)
      await client.products.update(product_id, { entitlements: [] })
      expect(await client.products.retrieve(product_id)).toMatchObject({ license_key_enabled: false, entitlements: [] })
    })
  })
})
