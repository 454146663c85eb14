// Whether people can read a theme: the ratios of WCAG 2, over every pair of colours that the pages put together.
import { fromOklab, type Triple, toLinear, toOklab } from './color-spaces.ts'
import { readHex } from './parse-color.ts'
import type { ThemeColors, ThemeToken } from './tokens.ts'

/** Text has to reach it. */
export const READABLE = 4.5
/** What only shows where one is, such as the border of the field in use. */
export const VISIBLE = 3

/** How strongly the backgrounds of notices and tags are tinted with the colour of their text, as styles/tokens.css has it. */
const TINTS = { text_error: 0.09, text_success: 0.1, text_secondary: 0.11, text_primary: 0.05 } as const

export interface Fault {
  text: ThemeToken
  /** What it stands on. */
  on: ThemeToken
  /** The background is tinted with the text's own colour. */
  tinted: boolean
  /** 3.87, rounded down. */
  ratio: number
  least: number
}

interface Pair {
  text: ThemeToken
  on: ThemeToken
  tint?: number
  least?: number
}

const onBoth = (text: ThemeToken): Pair[] => [
  { text, on: 'bg_primary' },
  { text, on: 'bg_secondary' },
]
const tinted = (text: keyof typeof TINTS, on: ThemeToken = 'bg_primary'): Pair => ({ text, on, tint: TINTS[text] })

const pairs: readonly Pair[] = [
  ...onBoth('text_primary'),
  ...onBoth('text_secondary'),
  ...onBoth('text_error'),
  ...onBoth('text_success'),
  { text: 'text_placeholder', on: 'bg_primary' },
  tinted('text_primary', 'bg_secondary'),
  tinted('text_secondary'),
  tinted('text_error'),
  tinted('text_success'),
  { text: 'button_text_primary', on: 'button_primary' },
  { text: 'button_text_primary', on: 'button_primary_hover' },
  { text: 'button_text_secondary', on: 'button_secondary' },
  { text: 'button_text_secondary', on: 'button_secondary_hover' },
  { text: 'input_focus_border', on: 'bg_primary', least: VISIBLE },
  { text: 'input_focus_border', on: 'bg_secondary', least: VISIBLE },
]

/** The pairs that are too close, the worst first. All 16 colours, as they are kept. */
export function listFaults(colors: ThemeColors): Fault[] {
  const page = readHex(colors.bg_primary).rgb
  return pairs
    .map(({ text, on, tint, least = READABLE }) => {
      const base = over(colors[on], page)
      const ground = tint === undefined ? base : mix(readHex(colors[text]).rgb, base, tint)
      const ratio = Math.floor(ratioOf(over(colors[text], ground), ground) * 100) / 100
      return { text, on, tinted: tint !== undefined, ratio, least }
    })
    .filter(({ ratio, least }) => ratio < least)
    .sort((a, b) => a.ratio / a.least - b.ratio / b.least)
}

/** Between 1 and 21; of two colours as they are kept, the first lying over the second. */
export function contrast(text: string, ground: string): number {
  const below = readHex(ground).rgb
  return ratioOf(over(text, below), below)
}

/** `part` of the first in the second, as `color-mix(in oklab, …)` does it. */
export function mixed(color: string, ground: string, part: number): Triple {
  return mix(readHex(color).rgb, readHex(ground).rgb, part)
}

export function ratioOf(a: Triple, b: Triple): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

function luminance(rgb: Triple): number {
  const [r, g, b] = toLinear(rgb)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function over(hex: string, below: Triple): Triple {
  const { rgb, alpha } = readHex(hex)
  return blend(rgb, below, alpha)
}

function mix(color: Triple, ground: Triple, part: number): Triple {
  const [r, g, b] = fromOklab(blend(toOklab(color), toOklab(ground), part))
  const within = (value: number) => Math.min(Math.max(value, 0), 1)
  return [within(r), within(g), within(b)]
}

function blend(a: Triple, b: Triple, part: number): Triple {
  const at = (index: 0 | 1 | 2) => a[index] * part + b[index] * (1 - part)
  return [at(0), at(1), at(2)]
}
