import { command } from '#cli/command.ts'
import { describeTheme } from '#cli/describe-theme.ts'
import { businessOfMode } from '#cli/open.ts'
import { clearable, flag, type Option, required } from '#cli/option.ts'
import { UsageError } from '#cli/usage-error.ts'
import { businessId, colorText, oneOf, radius } from '#cli/values.ts'
import type { ColorChange } from '#core/themes/change-look.ts'
import { setTheme, type ThemeChange } from '#core/themes/set-theme.ts'
import {
  presetNames,
  type ThemeToken,
  themeFontSizes,
  themeFonts,
  themeFontWeights,
  themeModes,
  themeTokens,
} from '#core/themes/tokens.ts'

/** --light-button-primary, --dark-button-primary and so on. */
const colors = Object.fromEntries(
  (['light', 'dark'] as const).flatMap((mode) =>
    themeTokens.map((token): [string, Option<string | null, false>] => [
      `${mode}_${token}`,
      clearable(colorText(mode === 'light' ? 'by day' : 'by night')),
    ]),
  ),
)

export const themeSet = command({
  name: 'theme set',
  says: 'Changes what is named of how a business looks. Colours that people cannot read are refused.',
  options: {
    business: required(businessId()),
    live: flag('in live mode; test mode if left out'),
    reset: flag('forgets first whatever was changed before, but the logos'),
    preset: oneOf(presetNames, 'the look it starts from'),
    mode: clearable(oneOf(themeModes, 'system leaves it to the customer')),
    radius: clearable(radius('of corners: 10px, 0.5rem')),
    font_primary: clearable(oneOf(themeFonts, 'of text')),
    font_secondary: clearable(oneOf(themeFonts, 'of headings')),
    font_size: clearable(oneOf(themeFontSizes, 'of text: 14, 14.5, 15, 16, 17 or 18 pixels')),
    font_weight: clearable(oneOf(themeFontWeights, 'of text')),
    ...colors,
  },
  async run(portico, { business, live, reset, ...values }) {
    const change = changeOf(values)
    if (Object.keys(change).length === 0 && !reset) {
      throw new UsageError('Name what to change; portico theme set --help tells what there is.')
    }
    const ctx = await businessOfMode(portico, business, live)
    return describeTheme(await setTheme(ctx, change, { anew: reset ?? false }))
  },
})

function changeOf(values: Record<string, unknown>): ThemeChange {
  const named = Object.entries(values).filter(([, value]) => value !== undefined)
  const shape = named.filter(([name]) => !(name in colors))
  const side = (mode: 'light' | 'dark'): [string, ColorChange][] => {
    const own = named.filter(([name]) => name in colors && name.startsWith(`${mode}_`))
    const change = own.map(([name, value]) => [name.slice(mode.length + 1) as ThemeToken, value as string | null])
    return change.length === 0 ? [] : [[mode, Object.fromEntries(change)]]
  }
  return Object.fromEntries([...shape, ...side('light'), ...side('dark')])
}
