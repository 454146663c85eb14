const UNITS = { h: 'hours', d: 'days', w: 'weeks', mo: 'months', y: 'years' } as const

/** '30d', '2w', '1mo', '1y', '12h' or ISO 8601; undefined for anything else, for nothing, for the past and for over 100 years. */
export function readSpan(text: string): Temporal.Duration | undefined {
  const duration = readShort(text) ?? readIso(text)
  if (duration === undefined || duration.sign < 1) return undefined
  const { years, months, weeks, days, hours } = duration
  return years + months / 12 + weeks / 52 + days / 365 + hours / 8760 <= 100 ? duration : undefined
}

function readShort(text: string): Temporal.Duration | undefined {
  const match = /^(\d{1,6})(h|d|w|mo|y)$/.exec(text)
  if (match === null) return undefined
  return Temporal.Duration.from({ [UNITS[match[2] as keyof typeof UNITS]]: Number(match[1]) })
}

function readIso(text: string): Temporal.Duration | undefined {
  try {
    return /^P/i.test(text) ? Temporal.Duration.from(text) : undefined
  } catch {
    return undefined
  }
}
