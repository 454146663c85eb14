// The languages of the portal. A language is offered once it has a messages file; the check sees to it that the file is whole.

import { existsSync } from 'node:fs'

export type Direction = 'ltr' | 'rtl'

const listed = [
  { code: 'en', endonym: 'English', dir: 'ltr' },
  { code: 'ar', endonym: 'العربية', dir: 'rtl' },
  { code: 'ca', endonym: 'Català', dir: 'ltr' },
  { code: 'zh', endonym: '中文', dir: 'ltr' },
  { code: 'nl', endonym: 'Nederlands', dir: 'ltr' },
  { code: 'fr', endonym: 'Français', dir: 'ltr' },
  { code: 'de', endonym: 'Deutsch', dir: 'ltr' },
  { code: 'he', endonym: 'עברית', dir: 'rtl' },
  { code: 'id', endonym: 'Bahasa Indonesia', dir: 'ltr' },
  { code: 'it', endonym: 'Italiano', dir: 'ltr' },
  { code: 'ja', endonym: '日本語', dir: 'ltr' },
  { code: 'ko', endonym: '한국어', dir: 'ltr' },
  { code: 'ms', endonym: 'Bahasa Melayu', dir: 'ltr' },
  { code: 'pl', endonym: 'Polski', dir: 'ltr' },
  { code: 'pt', endonym: 'Português', dir: 'ltr' },
  { code: 'ro', endonym: 'Română', dir: 'ltr' },
  { code: 'ru', endonym: 'Русский', dir: 'ltr' },
  { code: 'es', endonym: 'Español', dir: 'ltr' },
  { code: 'sv', endonym: 'Svenska', dir: 'ltr' },
  { code: 'th', endonym: 'ไทย', dir: 'ltr' },
  { code: 'tr', endonym: 'Türkçe', dir: 'ltr' },
] as const satisfies readonly { code: string; endonym: string; dir: Direction }[]

export type PseudoLocale = 'en-XA' | 'zh-XA'
export type Locale = (typeof listed)[number]['code'] | PseudoLocale

export interface LocaleEntry {
  code: Locale
  /** The language's own name. */
  endonym: string
  dir: Direction
}

export const locales: readonly LocaleEntry[] = listed

/** The locales that have a messages file; the selector shows these and `negotiate` chooses among them. */
export const completeLocales: readonly LocaleEntry[] = locales.filter(({ code }) => existsSync(messagesFile(code)))

export const defaultLocale: Locale = 'en'

export function messagesFile(code: Locale): URL {
  return new URL(`./messages/${code}.json`, import.meta.url)
}

export function directionOf(code: Locale): Direction {
  return locales.find((locale) => locale.code === code)?.dir ?? 'ltr'
}
