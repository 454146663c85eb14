// What activity is about, by name: ids that entries and their details hold, and what the things are called.
import type { Activity } from '#core/audit/list-activity.ts'
import { listProductNames } from '#core/catalog/queries.ts'
import type { PaymentMethod } from '#core/payment-methods/queries.ts'
import { from, on } from '#core/scope.ts'
import { namesOfSubscriptions } from '#core/subscriptions/names.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface NamedThings {
  /** Plans of subscriptions, products, what payments were for, products of keys, numbers of invoices; by id. */
  names: ReadonlyMap<string, string>
  /** Also those that were removed. */
  methods: ReadonlyMap<string, PaymentMethod>
  /** What the browser of a session said of itself. */
  user_agents: ReadonlyMap<string, string | null>
}

export async function nameThings(ctx: BusinessCtx, entries: readonly Activity[]): Promise<NamedThings> {
  const ids = new Set(entries.flatMap(({ resource_id, details }) => [resource_id, ...Object.values(details)]))
  const of = (prefix: string) =>
    [...ids].filter((id): id is string => typeof id === 'string' && id.startsWith(`${prefix}_`))
  const [methods, user_agents, ...named] = await Promise.all([
    readMethods(ctx, of('pm')),
    readUserAgents(ctx, of('ses')),
    namesOfSubscriptions(ctx, of('sub')),
    listProductNames(ctx, of('pdt')),
    readPaidFor(ctx, of('pay')),
    readKeyProducts(ctx, of('lic')),
    readUnlocked(ctx, of('entg')),
    readCredits(ctx, of('cde')),
    readInvoiceNumbers(ctx, of('inv')),
  ])
  return { names: new Map(named.flatMap((some) => [...some])), methods, user_agents }
}

type Names = Promise<Map<string, string>>

async function readPaidFor(ctx: BusinessCtx, ids: string[]): Names {
  if (ids.length === 0) return new Map()
  const rows = await from(ctx, 'payments')
    .innerJoin('dues_lines', (join) =>
      on('dues_lines.dues_id', 'payments.dues_id')(join).on('dues_lines.position', '=', 0),
    )
    .select(['payments.payment_id', 'dues_lines.description'])
    .where('payments.payment_id', 'in', ids)
    .execute()
  return new Map(rows.map(({ payment_id, description }) => [payment_id, description]))
}

async function readKeyProducts(ctx: BusinessCtx, ids: string[]): Names {
  if (ids.length === 0) return new Map()
  const rows = await from(ctx, 'license_keys')
    .innerJoin('products', on('products.product_id', 'license_keys.product_id'))
    .select(['license_keys.license_key_id', 'products.name'])
    .where('license_keys.license_key_id', 'in', ids)
    .execute()
  return new Map(rows.map(({ license_key_id, name }) => [license_key_id, name]))
}

async function readUnlocked(ctx: BusinessCtx, ids: string[]): Names {
  if (ids.length === 0) return new Map()
  const rows = await from(ctx, 'entitlement_grants')
    .innerJoin('entitlements', on('entitlements.entitlement_id', 'entitlement_grants.entitlement_id'))
    .select(['entitlement_grants.grant_id', 'entitlements.name'])
    .where('entitlement_grants.grant_id', 'in', ids)
    .execute()
  return new Map(rows.map(({ grant_id, name }) => [grant_id, name]))
}

async function readCredits(ctx: BusinessCtx, ids: string[]): Names {
  if (ids.length === 0) return new Map()
  const rows = await from(ctx, 'credit_entitlements')
    .select(['credit_entitlement_id', 'name'])
    .where('credit_entitlement_id', 'in', ids)
    .execute()
  return new Map(rows.map(({ credit_entitlement_id, name }) => [credit_entitlement_id, name]))
}

async function readInvoiceNumbers(ctx: BusinessCtx, ids: string[]): Names {
  if (ids.length === 0) return new Map()
  const rows = await from(ctx, 'invoices').select(['invoice_id', 'number']).where('invoice_id', 'in', ids).execute()
  return new Map(rows.map(({ invoice_id, number }) => [invoice_id, number]))
}

async function readMethods(ctx: BusinessCtx, ids: string[]): Promise<Map<string, PaymentMethod>> {
  if (ids.length === 0) return new Map()
  const rows = await from(ctx, 'payment_methods').selectAll().where('payment_method_id', 'in', ids).execute()
  return new Map(rows.map((method) => [method.payment_method_id, method]))
}

async function readUserAgents(ctx: BusinessCtx, ids: string[]): Promise<Map<string, string | null>> {
  if (ids.length === 0) return new Map()
  const rows = await from(ctx, 'session_grants')
    .innerJoin('portal_sessions', 'portal_sessions.session_id', 'session_grants.session_id')
    .select(['portal_sessions.session_id', 'portal_sessions.user_agent'])
    .where('session_grants.session_id', 'in', ids)
    .execute()
  return new Map(rows.map(({ session_id, user_agent }) => [session_id, user_agent]))
}
