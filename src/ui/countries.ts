import type { Translator } from '#i18n/translator.ts'
import type { Choice } from './components/field.tsx'

const lists = new WeakMap<readonly string[], Map<string, readonly Choice[]>>()
const names = new Map<string, Intl.DisplayNames>()

/** "Sweden" for SE, in the reader's language; the code itself where it has no name. */
export function countryName({ locale }: Translator, code: string): string {
  let known = names.get(locale)
  if (known === undefined) {
    known = new Intl.DisplayNames([locale], { type: 'region', fallback: 'code' })
    names.set(locale, known)
  }
  return /^[A-Z]{2}$/.test(code) ? (known.of(code) ?? code) : code
}

/** The countries by their names, in the order of the reader's alphabet. */
export function countryChoices(i18n: Translator, codes: readonly string[]): readonly Choice[] {
  const byLocale = lists.get(codes) ?? new Map<string, readonly Choice[]>()
  const known = byLocale.get(i18n.locale)
  if (known) return known
  const order = new Intl.Collator(i18n.locale)
  const choices = codes
    .map((value) => ({ value, label: countryName(i18n, value) }))
    .sort((a, b) => order.compare(a.label, b.label))
  lists.set(codes, byLocale.set(i18n.locale, choices))
  return choices
}
