// A merchant's look as the pages know it, and the one rule of CSS it becomes. What it may be is told in core/themes.
import { type FontName, fonts } from './fonts.ts'

export type ColorMode = 'light' | 'dark'

/** Token to colour in hexadecimal. */
type Colors = Readonly<Record<string, string>>

export interface Theme {
  light: Colors
  dark: Colors
  /** 'system' leaves the choice to the customer. */
  mode: ColorMode | 'system'
  /** "10px", "0.5rem" */
  radius: string
  font_primary: FontName
  /** Of headings. */
  font_secondary: FontName
  font_size: keyof typeof sizes
  font_weight: keyof typeof weights
}

/** Of the reader's own size; running text is 15/16 of it. */
const sizes = { xs: 93.333, sm: 96.667, md: 100, lg: 106.667, xl: 113.333, '2xl': 120 } as const

/** Added to every weight of the styles. */
const weights = { normal: 0, medium: 100, bold: 200, extraBold: 300 } as const

const TOKEN = /^[a-z]+(?:_[a-z]+)*$/
const COLOR = /^#(?:[0-9a-f]{6}|[0-9a-f]{8})$/
const RADIUS = /^\d{1,2}(?:\.\d{1,3})?(?:px|rem|em)$/

const cache = new WeakMap<Theme, string>()

/** The theme as one rule; `data-mode` of the document forces light or dark. What is not in its one form is left out. */
export function themeCss(theme: Theme): string {
  const known = cache.get(theme)
  if (known !== undefined) return known
  const css = `:root{${declarations(theme).join(';')}}`
  cache.set(theme, css)
  return css
}

function declarations({ light, dark, radius, ...theme }: Theme): string[] {
  const colors = Object.entries(light).flatMap(([token, color]) => {
    const night = dark[token]
    if (!TOKEN.test(token) || !COLOR.test(color) || night === undefined || !COLOR.test(night)) return []
    const value = color === night ? color : `light-dark(${color},${night})`
    return [`--${token.replaceAll('_', '-')}:${value}`]
  })
  return [
    ...colors,
    ...(RADIUS.test(radius) ? [`--radius:${radius}`] : []),
    `--font:${of(fonts, theme.font_primary, 'inter')}`,
    `--font-heading:${of(fonts, theme.font_secondary, 'inter')}`,
    `--font-size:${of(sizes, theme.font_size, 'md')}%`,
    `--bolder:${of(weights, theme.font_weight, 'normal')}`,
  ]
}

function of<T extends object>(table: T, name: keyof T, otherwise: keyof T): T[keyof T] {
  return table[Object.hasOwn(table, name) ? name : otherwise]
}
