import { isolate } from '#i18n/message.ts'
import type { Translator } from '#i18n/translator.ts'

/** "a, b, and c", each set apart from the direction of the others. */
export function namesOf(i18n: Translator, names: readonly string[]): string {
  return i18n.list(names.map((name) => isolate(name, i18n.dir)))
}
