import { endpoint } from '#api/endpoint.ts'
import { themeSchema, themeToWire } from '#wire/theme.ts'

export const retrieveThemeEndpoint = endpoint(
  {
    method: 'get',
    path: '/portico/theme',
    operation: 'retrieveTheme',
    noun: 'Theme',
    summary: 'Retrieve the theme',
    description:
      'How the portal, the checkout and the mails look in this mode: the preset with what was changed of it.',
    answer: themeSchema,
  },
  async (ctx) => themeToWire(ctx),
)
