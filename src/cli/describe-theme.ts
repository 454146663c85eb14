import type { Answer } from '#cli/command.ts'
import { table } from '#cli/table.ts'
import type { BusinessCtx } from '#src/context.ts'
import { themeToWire } from '#wire/theme.ts'

export function describeTheme(ctx: BusinessCtx): Answer {
  const data = themeToWire(ctx)
  const { light, dark, ...rest } = data
  const shape = table(Object.entries(rest).map(([field, value]) => [field, value ?? '–']))
  const colors = table([
    ['', 'light    dark'],
    ...Object.entries(light).map(([token, color]) => [token, `${color}  ${dark[token as keyof typeof dark]}`]),
  ])
  return { data, text: [...shape, '', ...colors].join('\n') }
}
