// What a collection is made of, as it comes in.
import { z } from '@hono/zod-openapi'
import { id, text } from '#api/input/text.ts'
import { changeDefaults } from '#wire/product-collection.ts'

export const collectionName = text({ max: 250 }).openapi({ example: 'Studio plans' })
export const groupName = text({ max: 250 }).openapi({ example: 'Monthly' })
export const collectionDescription = text({ max: 1_000, lines: true })

export const productsInput = z
  .array(z.object({ product_id: id(), status: z.boolean().nullish() }))
  .max(100)
  .openapi({ description: 'In the order in which they are offered; status false hides one' })

export const groupInput = z
  .object({
    group_name: groupName.nullish(),
    status: z.boolean().nullish().openapi({ description: 'false hides all of it' }),
    products: productsInput,
  })
  .openapi('CollectionGroupInput')

export const changeDefaultsInput = Object.fromEntries(
  Object.entries(changeDefaults).map(([name, schema]) => [name, schema.optional()]),
) as { [Name in keyof typeof changeDefaults]: z.ZodOptional<(typeof changeDefaults)[Name]> }

export function toGroup({ group_name = null, status, products }: z.output<typeof groupInput>) {
  return { group_name, enabled: status ?? true, items: toItems(products) }
}

export function toItems(products: z.output<typeof productsInput>) {
  return products.map(({ product_id, status }) => ({ product_id, enabled: status ?? true }))
}

/** Those that are named, null among them. */
export function namedDefaults(
  body: { [Name in keyof typeof changeDefaults]?: z.output<(typeof changeDefaults)[Name]> | undefined },
) {
  const names = Object.keys(changeDefaults) as (keyof typeof changeDefaults)[]
  return Object.fromEntries(names.flatMap((name) => (body[name] === undefined ? [] : [[name, body[name]]])))
}
