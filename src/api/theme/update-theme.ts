import { endpoint } from '#api/endpoint.ts'
import { setTheme } from '#core/themes/set-theme.ts'
import { themeSchema, themeToWire } from '#wire/theme.ts'
import { themeExample, themeLimits, themeRefusals, toThemeChange, updateThemeBody } from './theme-input.ts'

export const updateThemeEndpoint = endpoint(
  {
    method: 'patch',
    path: '/portico/theme',
    operation: 'updateTheme',
    noun: 'Theme',
    summary: 'Change the theme',
    description:
      'What is left out stays; null goes back to the preset’s, and takes a logo away. Colours too close to be read are refused, with the pair and its ratio named.',
    body: updateThemeBody,
    limits: themeLimits,
    example: themeExample,
    answer: themeSchema,
    refusals: themeRefusals,
  },
  async (ctx, { body }) => themeToWire(await setTheme(ctx, toThemeChange(ctx, body))),
)
