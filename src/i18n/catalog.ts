// The messages of every locale, read once. English is the measure: its keys are the keys.

import { readFileSync } from 'node:fs'
import { completeLocales, type Locale, messagesFile } from './locales.ts'
import en from './messages/en.json' with { type: 'json' }

export type MessageKey = keyof typeof en
export type Messages = Record<MessageKey, string>

const catalog = new Map<Locale, Messages>([['en', en]])

/** undefined where the locale has no messages. */
export function findMessages(locale: Locale): Messages | undefined {
  const known = catalog.get(locale)
  if (known) return known
  if (!completeLocales.some(({ code }) => code === locale)) return undefined
  const messages: Messages = JSON.parse(readFileSync(messagesFile(locale), 'utf8'))
  catalog.set(locale, messages)
  return messages
}

export function getEnglish(): Messages {
  return en
}

export function forgetMessages(locale: Locale): void {
  catalog.delete(locale)
}

export function registerMessages(locale: Locale, messages: Messages): void {
  catalog.set(locale, messages)
}
