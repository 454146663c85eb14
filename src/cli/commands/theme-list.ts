import { command } from '#cli/command.ts'
import { table } from '#cli/table.ts'
import { themeFontSizes, themeFonts, themeFontWeights, themeTokens } from '#core/themes/tokens.ts'
import { presetsToWire } from '#wire/theme.ts'

export const themeList = command({
  name: 'theme list',
  says: 'Prints the presets a theme starts from, and the words it is changed with.',
  options: {},
  async run() {
    const { items } = presetsToWire()
    const looks = items.map(({ preset, radius, font_primary, font_secondary, light }) => [
      preset,
      `buttons ${light.button_primary}, corners ${radius}, text ${font_primary}, headings ${font_secondary}`,
    ])
    const words = [
      ['fonts', themeFonts.join(' ')],
      ['sizes', themeFontSizes.join(' ')],
      ['weights', themeFontWeights.join(' ')],
      ['colours', themeTokens.join(' ')],
    ]
    return { data: { presets: items }, text: [...table(looks), '', ...table(words)].join('\n') }
  },
})
