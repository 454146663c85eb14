// What the VAT ids of the European Union look like. Only their form is checked: whether one is registered, its country's office knows.

/** By ISO 3166-1 country. An id begins with its country's letters, which for Greece are EL. */
const forms: Record<string, RegExp> = {
  AT: /^ATU\d{8}$/,
  BE: /^BE[01]\d{9}$/,
  BG: /^BG\d{9,10}$/,
  CY: /^CY\d{8}[A-Z]$/,
  CZ: /^CZ\d{8,10}$/,
  DE: /^DE\d{9}$/,
  DK: /^DK\d{8}$/,
  EE: /^EE\d{9}$/,
  ES: /^ES(?:[A-Z]\d{7}[A-Z\d]|\d{8}[A-Z])$/,
  FI: /^FI\d{8}$/,
  FR: /^FR[A-HJ-NP-Z\d]{2}\d{9}$/,
  GR: /^EL\d{9}$/,
  HR: /^HR\d{11}$/,
  HU: /^HU\d{8}$/,
  IE: /^IE(?:\d{7}[A-W][A-I]?|\d[A-Z+*]\d{5}[A-W])$/,
  IT: /^IT\d{11}$/,
  LT: /^LT(?:\d{9}|\d{12})$/,
  LU: /^LU\d{8}$/,
  LV: /^LV\d{11}$/,
  MT: /^MT\d{8}$/,
  NL: /^NL\d{9}B\d{2}$/,
  PL: /^PL\d{10}$/,
  PT: /^PT\d{9}$/,
  RO: /^RO[1-9]\d{1,9}$/,
  SE: /^SE\d{10}01$/,
  SI: /^SI\d{8}$/,
  SK: /^SK\d{10}$/,
}

export function isInEuropeanUnion(country: string): boolean {
  return country in forms
}

/**
 * Whether a tax id has the form of its country's VAT ids; of a country outside the European Union nothing is known, and any will do.
 * Spaces, dots and hyphens do not count. Example: DE, "de 123.456.789" → true; DE, "DE12345678" → false.
 */
export function hasTaxIdForm(country: string, tax_id: string): boolean {
  const form = forms[country]
  return form === undefined ? tax_id.trim() !== '' : form.test(tax_id.replace(/[\s.-]/g, '').toUpperCase())
}
