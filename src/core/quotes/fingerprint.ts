// Two decisions with one fingerprint charge, credit and change the same.
import { createHash } from 'node:crypto'
import type { DecidedChange } from '#core/plan-changes/decide-change.ts'

/** "7.3f1c…": the version of the subscription, then everything that was decided: prices, discounts, tax, credit, wallet, dates. */
export function fingerprintOf(version: number, { target, ...decided }: DecidedChange): string {
  const { product, ...plan } = target
  const facts = { ...decided, plan: { ...plan, addons: [] }, tax_inclusive: product.tax_inclusive }
  const text = JSON.stringify(facts, (_, value) => (typeof value === 'bigint' ? value.toString() : value))
  return `${version}.${createHash('sha256').update(text).digest('hex')}`
}

export function versionOf(fingerprint: string): number {
  return Number.parseInt(fingerprint, 10)
}
