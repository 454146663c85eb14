import { endpoint } from '#api/endpoint.ts'
import { setTheme } from '#core/themes/set-theme.ts'
import { themeSchema, themeToWire } from '#wire/theme.ts'
import { replaceThemeBody, themeExample, themeLimits, themeRefusals, toThemeChange } from './theme-input.ts'

export const replaceThemeEndpoint = endpoint(
  {
    method: 'put',
    path: '/portico/theme',
    operation: 'replaceTheme',
    noun: 'Theme',
    summary: 'Replace the theme',
    description:
      'Starts anew from a preset: what is left out is the preset’s. Only the logos stay unless they are named.',
    body: replaceThemeBody,
    limits: themeLimits,
    example: themeExample,
    answer: themeSchema,
    refusals: themeRefusals,
  },
  async (ctx, { body }) => themeToWire(await setTheme(ctx, toThemeChange(ctx, body), { anew: true })),
)
