// What must hold of pictures after any story.
import { sql } from 'kysely'

export const imageInvariants: [string, ReturnType<typeof sql<{ n: number }>>][] = [
  [
    'picture that pages show and that has no small one',
    sql`select count(*)::int n from business_images i join (
          select business_id, image from products union select business_id, image from addons
          union select business_id, image from product_collections) shown
        on shown.business_id = i.business_id and shown.image = i.file where i.thumbnail is null`,
  ],
  [
    'picture that mails show and whose kind mail readers do not know',
    sql`select count(*)::int n from (select logo from business_themes union select logo_dark from business_themes
          union select image from brands) shown where logo like '%.webp'`,
  ],
]
