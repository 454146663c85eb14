// What a brand is made from and changed by.
import { z } from '@hono/zod-openapi'
import { email, text, webAddress } from '#api/input/text.ts'

/** What card networks take. */
const DESCRIPTOR = /^(?=.*[A-Za-z])(?!.*[<>\\'"*])[ -~]{5,22}$/

export const brandFields = {
  name: text({ max: 200 }).nullish().openapi({ example: 'Studio Pencils' }),
  description: text({ max: 1_000, lines: true }).nullish(),
  url: webAddress().nullish(),
  support_email: email().nullish().openapi({ description: 'Shown on its checkouts' }),
  statement_descriptor: z
    .string()
    .trim()
    .regex(
      DESCRIPTOR,
      `must have 5 to 22 letters, digits and signs of ASCII, a letter among them, and none of < > \\ ' " *`,
    )
    .nullish()
    .openapi({ description: 'What banks print on the statement of whoever pays', example: 'LINDEN PENCILS' }),
}
