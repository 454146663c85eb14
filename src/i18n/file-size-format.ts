const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** In thousands, as browsers and systems tell downloads; a decimal below ten of a unit. 1,400,000 is "1.4 MB". */
export function fileSizeFormat(intlLocale: string): (bytes: number) => string {
  return (bytes) => {
    // What would be rounded up to a thousand of a unit is told in the next.
    const step = UNITS.findIndex((_, power) => Math.round(bytes / 1000 ** power) < 1000)
    const power = step === -1 ? UNITS.length - 1 : step
    const value = bytes / 1000 ** power
    const unit = UNITS[power]
    const maximumFractionDigits = power > 0 && value < 9.95 ? 1 : 0
    return new Intl.NumberFormat(intlLocale, {
      style: 'unit',
      unit,
      // Only bytes have no sign of their own that people know: "206 bytes", but "1.4 MB".
      unitDisplay: power === 0 ? 'long' : 'short',
      maximumFractionDigits,
    }).format(value)
  }
}
