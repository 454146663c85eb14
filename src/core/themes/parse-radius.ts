const RADIUS = /^(\d{1,3}(?:\.\d{1,3})?|\.\d{1,3})(px|rem|em)$/
const MOST = { px: 32, rem: 2, em: 2 } as const

/** "10px", "0.5rem", "1em" in their shortest form; undefined for anything else and for more than 32 pixels. */
export function parseRadius(text: string): string | undefined {
  const [, digits, unit] = RADIUS.exec(text.trim().toLowerCase()) ?? []
  if (digits === undefined || unit === undefined) return undefined
  const number = Number(digits)
  return number <= MOST[unit as keyof typeof MOST] ? `${number}${unit}` : undefined
}
