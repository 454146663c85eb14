// Card numbers are the processor's business: no text of ours may hold one.

/** 13 to 19 digits that pass the card check, however spaced: card numbers are the processor's business, not ours. */
export function holdsCardNumber(value: string): boolean {
  return [...value.matchAll(/(?<!\d)[2-6](?:[ .-]?\d){12,18}(?!\d)/g)].some(([number]) =>
    passesLuhn(number.replaceAll(/\D/g, '')),
  )
}

function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at])
    const doubled = at % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}
