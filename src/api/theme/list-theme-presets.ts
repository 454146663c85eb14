import { endpoint } from '#api/endpoint.ts'
import { presetsSchema, presetsToWire } from '#wire/theme.ts'

export const listThemePresetsEndpoint = endpoint(
  {
    method: 'get',
    path: '/portico/theme/presets',
    operation: 'listThemePresets',
    noun: 'Theme',
    summary: 'List the presets',
    description: 'The looks a theme starts from. Each passes WCAG 2 AA, light and dark.',
    answer: presetsSchema,
  },
  async () => presetsToWire(),
)
