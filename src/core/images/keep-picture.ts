import { sql } from 'kysely'
import type { Picture } from '#core/images/draw-picture.ts'
import { from, owned } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Mails that were sent show the logo they were sent with, and an image_id can be named, for a while. */
const KEPT = 20

/** Everything that shows a picture. The database holds each of them to it by a foreign key. */
export const SHOWN_BY = [
  ['business_themes', 'logo'],
  ['business_themes', 'logo_dark'],
  ['products', 'image'],
  ['addons', 'image'],
  ['product_collections', 'image'],
  ['brands', 'image'],
] as const

/** Keeps a picture under the name it is served by. The same one again is the newest again. */
export async function keepPicture(ctx: BusinessCtx, { file, content, thumbnail }: Picture): Promise<void> {
  const created_at = ctx.wall.now()
  await ctx.db
    .insertInto('business_images')
    .values({ ...owned(ctx), file, content, thumbnail, created_at })
    // One that was drawn for mails may come again for pages.
    .onConflict((conflict) =>
      conflict.columns(['business_id', 'file']).doUpdateSet({
        created_at,
        thumbnail: sql`coalesce(business_images.thumbnail, excluded.thumbnail)`,
      }),
    )
    .execute()
}

/** Of those that nothing shows any more takes away all but the newest. */
export async function dropUnshown(ctx: BusinessCtx): Promise<void> {
  // Locked first and looked at again: who begins to show one meanwhile holds it, or waits and finds it gone.
  const old = await from(ctx, 'business_images')
    .select('file')
    .where(unshown)
    .orderBy('created_at', 'desc')
    .orderBy('file', 'desc')
    .offset(KEPT)
    .forUpdate()
    .skipLocked()
    .execute()
  if (old.length === 0) return
  await ctx.db
    .deleteFrom('business_images')
    .where('business_id', '=', ctx.business.business_id)
    .where(
      'file',
      'in',
      old.map(({ file }) => file),
    )
    .where(unshown)
    .execute()
}

const unshown = sql<boolean>`not exists (${sql.join(
  SHOWN_BY.map(
    ([table, column]) => sql`select from ${sql.table(table)} s
      where s.business_id = business_images.business_id and s.${sql.ref(column)} = business_images.file`,
  ),
  sql` union all `,
)})`
