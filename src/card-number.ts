// Card numbers are the processor's business: no text of ours may hold one.

/** Between the groups of a number: spaces, dashes, dots, marks that are not seen. */
const BETWEEN = String.raw`[\s\p{Cf}\p{Pd}._·]{1,3}`
const DIGITS = new RegExp(String.raw`\d+(?:${BETWEEN}\d+)*`, 'gu')

/**
 * 13 to 19 digits of any script that pass the card check, however spaced, also beside other numbers: "4242 4242 4242 4242 123" holds
 * one.
 */
export function holdsCardNumber(value: string): boolean {
  return [...inLatinDigits(value).matchAll(DIGITS)].some(([run]) => {
    const groups = run.match(/\d+/g) ?? []
    return isCardNumber(groups.join('')) || hasCardNumber(groups)
  })
}

/** Among groups as cards are printed in: of days and months it takes no number for one. */
function hasCardNumber(groups: readonly string[]): boolean {
  return groups.some((_, first) => {
    let digits = ''
    for (const group of groups.slice(first, first + MOST_GROUPS)) {
      if (group.length < LEAST_GROUP) return false
      digits += group
      if (isCardNumber(digits)) return true
    }
    return false
  })
}

const LEAST_GROUP = 3
const MOST_GROUPS = 6

function isCardNumber(digits: string): boolean {
  return /^[2-6]\d{12,18}$/.test(digits) && passesLuhn(digits)
}

/** "٤٢" and "４２" are "42". */
function inLatinDigits(value: string): string {
  return value.replaceAll(/[^\P{Nd}0-9]/gu, (digit) => String(digitOf(digit.codePointAt(0) ?? 0)))
}

/** Digits of a script lie side by side, ten and ten. */
function digitOf(digit: number): number {
  let zero = digit
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1
  return (digit - zero) % 10
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
