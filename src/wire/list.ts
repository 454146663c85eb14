import { z } from '@hono/zod-openapi'

/** One page of a list; an empty one says that the list has ended. */
export function listSchema<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item).openapi({ description: 'Newest first; empty after the last page' }) })
}

/** A field of a kind of thing that Portico does not keep here yet. */
export function emptySchema(description: string) {
  return z.null().openapi({ description: `${description}; always null` })
}

/** A named schema or null. (Made nullable itself, it would carry the null into its definition in the OpenAPI document.) */
export function orNull<Schema extends z.ZodType>(schema: Schema) {
  return z.union([schema, z.null()])
}
