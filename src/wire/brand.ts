import { z } from '@hono/zod-openapi'
import type { ArchivedBrand } from '#core/brands/archive-brand.ts'
import type { Brand } from '#core/brands/queries.ts'
import type { Urls } from '#src/urls.ts'
import { imageSchema, imageToWire } from './image.ts'
import { emptySchema } from './list.ts'
import { rfc3339, rfc3339OrNull, timeSchema } from './rfc3339.ts'

export const brandSchema = z
  .object({
    brand_id: z.string().openapi({ description: 'Of the primary brand: the id of the business' }),
    business_id: z.string(),
    name: z.string().nullable().openapi({ example: 'Studio Pencils' }),
    description: z.string().nullable(),
    url: z.string().nullable(),
    support_email: z.string().nullable(),
    statement_descriptor: z
      .string()
      .openapi({ description: 'Where none was set, the beginning of its name, and the processor is told none' }),
    image: imageSchema,
    enabled: z.boolean().openapi({ description: 'False once it is archived' }),
    archived_at: timeSchema('When it was archived').nullable(),
    verification_enabled: z.literal(false),
    verification_status: z.literal('Success').openapi({ description: 'Nobody has to verify a brand here' }),
    reason_for_hold: emptySchema('Why it is not verified'),
  })
  .openapi('Brand')

export const archivedBrandSchema = z
  .object({
    brand_id: z.string(),
    archived_at: timeSchema('When it was archived'),
    moved_to_brand_id: z.string().nullable(),
    products_moved: z.int(),
    collections_moved: z.int(),
    subscriptions_moved: z.int().openapi({ description: 'Live ones, which follow their products' }),
  })
  .openapi('ArchivedBrand')

export type WireBrand = z.output<typeof brandSchema>
export type WireArchivedBrand = z.output<typeof archivedBrandSchema>

/** As long as most banks print it. */
const DESCRIPTOR = 22

export function brandToWire(
  row: Omit<Brand, 'created_at'>,
  { business, urls }: { business: { name: string }; urls: Urls },
): WireBrand {
  const { brand_id, business_id, name, description, url, support_email, statement_descriptor, archived_at } = row
  return {
    brand_id,
    business_id,
    name,
    description,
    url,
    support_email,
    statement_descriptor: statement_descriptor ?? [...(name ?? business.name)].slice(0, DESCRIPTOR).join(''),
    image: imageToWire(urls, row),
    enabled: archived_at === null,
    archived_at: rfc3339OrNull(archived_at),
    verification_enabled: false,
    verification_status: 'Success',
    reason_for_hold: null,
  }
}

export function archivedBrandToWire({ archived_at, ...rest }: ArchivedBrand): WireArchivedBrand {
  return { ...rest, archived_at: rfc3339(archived_at) }
}
