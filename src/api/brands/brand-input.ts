// What a brand is made from and changed by.
import { z } from '@hono/zod-openapi'
import { notYet } from '#api/input/not-yet.ts'
import { email, text, webAddress } from '#api/input/text.ts'

export const brandFields = {
  name: text({ max: 200 }).nullish().openapi({ example: 'Studio Pencils' }),
  description: text({ max: 1_000, lines: true }).nullish(),
  url: webAddress().nullish(),
  support_email: email().nullish().openapi({ description: 'Shown on its checkouts' }),
  statement_descriptor: notYet(z.string().nullish()),
}
