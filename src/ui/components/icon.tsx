import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { raw } from 'hono/html'

const used = [
  'arrow-left',
  'calendar-clock',
  'chart-column',
  'check',
  'chevron-down',
  'chevron-left',
  'chevron-right',
  'circle-alert',
  'circle-check',
  'clock',
  'copy',
  'credit-card',
  'download',
  'file-text',
  'house',
  'inbox',
  'info',
  'key-round',
  'languages',
  'layers',
  'life-buoy',
  'lock',
  'log-out',
  'mail',
  'menu',
  'minus',
  'monitor',
  'plus',
  'receipt-text',
  'repeat',
  'rotate-cw',
  'sun-moon',
  'triangle-alert',
  'undo-2',
  'user',
  'users',
] as const

export type IconName = (typeof used)[number]

interface IconSet {
  icons: Record<string, { body: string }>
}

const bodies = readBodies()

/** Keeps the few that are used of the whole set. */
function readBodies(): Map<IconName, string> {
  const path = createRequire(import.meta.url).resolve('@iconify-json/lucide/icons.json')
  const { icons }: IconSet = JSON.parse(readFileSync(path, 'utf8'))
  return new Map(
    used.map((name) => {
      const icon = icons[name]
      if (!icon) throw new Error(`Lucide has no icon ${name}`)
      return [name, icon.body]
    }),
  )
}

/** Decoration beside words: hidden from assistive technology. `flips` mirrors it where one reads from the right. */
export function Icon({ name, size = 16, flips = false }: { name: IconName; size?: number; flips?: boolean }) {
  const flip = flips ? ' class="flips"' : ''
  return raw(
    `<svg${flip} width="${size}" height="${size}" viewBox="0 0 24 24" aria-hidden="true">${bodies.get(name)}</svg>`,
  )
}
