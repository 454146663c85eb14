// One ICU message made ready to be said. Most messages are plain text or text with names in it: those never reach the ICU engine.

import { IntlMessageFormat } from 'intl-messageformat'
import type { Direction } from './locales.ts'

export type MessageValues = Record<string, string | number>
export type CompiledMessage = string | ((values: MessageValues) => string)

export type Element = ReturnType<IntlMessageFormat['getAst']>[number]

/** The element types of the parser that our messages may use; the check refuses the others. */
export const TEXT = 0
export const ARGUMENT = 1
export const SELECT = 5
export const PLURAL = 6
export const POUND = 7

export function parseMessage(source: string, intlLocale = 'en'): IntlMessageFormat {
  return new IntlMessageFormat(source, intlLocale, undefined, { ignoreTag: true })
}

export function compileMessage(source: string, intlLocale: string, dir: Direction): CompiledMessage {
  if (!/[{}']/.test(source)) return source
  const message = parseMessage(source, intlLocale)
  const elements = message.getAst()
  if (elements.every(({ type }) => type === TEXT || type === ARGUMENT)) return (values) => join(elements, values, dir)
  const switches = switchNames(elements)
  return (values) => {
    const isolated = Object.entries(values).map(([name, value]) => [
      name,
      switches.has(name) ? value : isolate(value, dir),
    ])
    return String(message.format(Object.fromEntries(isolated)))
  }
}

function join(elements: readonly Element[], values: MessageValues, dir: Direction): string {
  let text = ''
  for (const element of elements) {
    if (element.type === TEXT) text += element.value
    else if (element.type === ARGUMENT) text += isolate(requiredValue(values, element.value), dir)
  }
  return text
}

function requiredValue(values: MessageValues, name: string): string | number {
  const value = values[name]
  if (value === undefined) throw new TypeError(`the message needs a value for {${name}}`)
  return value
}

/** The names that a plural or select decides on. */
function switchNames(elements: readonly Element[]): Set<string> {
  const names = new Set<string>()
  for (const element of elements) {
    if (element.type !== SELECT && element.type !== PLURAL) continue
    names.add(element.value)
    for (const { value } of Object.values(element.options)) {
      for (const name of switchNames(value)) names.add(name)
    }
  }
  return names
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/

/**
 * Sets a value apart from the direction of the sentence around it (U+2068 … U+2069), so that a name in another script
 * never moves the words and digits next to it.
 */
export function isolate(value: string | number, dir: Direction): string {
  const text = String(value)
  if (typeof value === 'number' || text === '' || /^[\u2066-\u2068]/.test(text)) return text
  return dir === 'rtl' || RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text
}
