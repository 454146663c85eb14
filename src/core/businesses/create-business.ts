import { type BusinessCtx, type Ctx, withBusiness } from '#src/context.ts'
import { newId } from '#src/ids.ts'

export interface NewBusiness {
  name: string
  email: string
  legal_name?: string | null
  /** Postal lines, separated by line breaks. */
  address?: string | null
  country?: string | null
  tax_id?: string | null
  currency?: string
  timezone?: string
  support_email?: string | null
  invoice_prefix?: string
}

/** Makes a business in both modes and hands out its context. */
export async function createBusiness(ctx: Ctx, input: NewBusiness): Promise<BusinessCtx> {
  const now = ctx.wall.now()
  const business = {
    business_id: newId('business', now.epochMilliseconds),
    name: input.name,
    email: input.email,
    legal_name: input.legal_name ?? null,
    address: input.address ?? null,
    country: input.country ?? null,
    tax_id: input.tax_id ?? null,
    currency: input.currency ?? 'USD',
    timezone: input.timezone ?? 'UTC',
    support_email: input.support_email ?? input.email,
    invoice_prefix: input.invoice_prefix ?? prefixOf(input.name),
    rate_limit_tier: '0',
    archived_at: null,
  }
  await ctx.db
    .insertInto('businesses')
    .values({ ...business, created_at: now })
    .execute()
  return withBusiness(ctx, { ...business, clock_offset_ms: 0, theme: null, return_url: null })
}

/** "Linden Studio" → LS, "Ōmi" → INV. */
function prefixOf(name: string): string {
  const initials = name
    .normalize('NFKD')
    .split(/\s+/)
    .map((word) => word.match(/[A-Za-z0-9]/)?.[0] ?? '')
    .join('')
    .toUpperCase()
    .slice(0, 4)
  return initials === '' ? 'INV' : initials
}
