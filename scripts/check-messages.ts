// Says in sentences what is wrong with the messages files: keys, ICU syntax, placeholders, messages nobody uses.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ARGUMENT, type Element, PLURAL, POUND, parseMessage, SELECT, TEXT } from '#i18n/message.ts'

type MessagesFile = Record<string, string>

const source = join(import.meta.dirname, '..', 'src')

// Languages whose form "many" is for millions only: ICU says "other" where a message leaves it out.
const MANY_IS_RARE = new Set(['ca', 'es', 'fr', 'it', 'pt'])

/** One sentence for each problem; an empty list is a pass. */
export function checkMessages(folder = join(source, 'i18n', 'messages')): string[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  const read = (name: string): MessagesFile => JSON.parse(readFileSync(join(folder, name), 'utf8'))
  const english = read('en.json')
  const problems = files.flatMap((name) => {
    const messages = read(name)
    return [...problemsOfKeys(name, messages, english), ...problemsOfTexts(name, messages, english)]
  })
  return [...problems, ...problemsOfUse(english)]
}

function problemsOfKeys(name: string, messages: MessagesFile, english: MessagesFile): string[] {
  const keys = Object.keys(messages)
  const missing = Object.keys(english).filter((key) => !(key in messages))
  const surplus = keys.filter((key) => !(key in english))
  const sorted = keys.every((key, at) => at === 0 || (keys[at - 1] ?? '') < key)
  return [
    ...missing.map((key) => `${name} lacks ${key}.`),
    ...surplus.map((key) => `${name} has ${key}, which en.json does not have.`),
    ...keys.filter((key) => !/^[a-z0-9_]+(\.[a-z0-9_]+)+$/.test(key)).map((key) => `${name}: ${key} is not area.name.`),
    ...(sorted ? [] : [`${name} is not sorted by key.`]),
  ]
}

function problemsOfTexts(name: string, messages: MessagesFile, english: MessagesFile): string[] {
  const plurals = pluralForms(name.slice(0, -'.json'.length))
  return Object.entries(messages).flatMap(([key, text]) => {
    const where = `${name}: ${key}`
    if (typeof text !== 'string' || text === '') return [`${where} is not a text.`]
    const problems = text === text.trim() ? [] : [`${where} begins or ends with a space.`]
    try {
      const elements = parseMessage(text).getAst()
      const own = placeholders(elements)
      const measure = placeholders(parseMessage(english[key] ?? text).getAst())
      if (own.join() !== measure.join()) {
        problems.push(`${where} has the placeholders [${own.join(', ')}]; en.json has [${measure.join(', ')}].`)
      }
      return [
        ...problems,
        ...missingPlurals(elements, plurals).map((form) => `${where} lacks the plural form ${form}.`),
      ]
    } catch (error) {
      return [...problems, `${where} is not a valid ICU message: ${error instanceof Error ? error.message : error}.`]
    }
  })
}

/** Each name once with what it is: "count plural", "name argument", "unit select: Day|other". */
function placeholders(elements: readonly Element[]): string[] {
  const found = new Set<string>()
  const walk = (inner: readonly Element[]) => {
    for (const element of inner) {
      if (element.type === TEXT || element.type === POUND) continue
      if (element.type !== ARGUMENT && element.type !== SELECT && element.type !== PLURAL) {
        throw new Error('only {name}, plural and select may be used')
      }
      const options = element.type === ARGUMENT ? [] : Object.entries(element.options)
      const branches =
        element.type === SELECT
          ? `: ${options
              .map(([option]) => option)
              .sort()
              .join('|')}`
          : ''
      const kind = element.type === ARGUMENT ? 'argument' : element.type === PLURAL ? 'plural' : 'select'
      found.add(`${element.value} ${kind}${branches}`)
      for (const [, { value }] of options) walk(value)
    }
  }
  walk(elements)
  return [...found].sort()
}

function pluralForms(locale: string): string[] {
  const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories
  return forms.filter((form) => form !== 'many' || !MANY_IS_RARE.has(locale))
}

function missingPlurals(elements: readonly Element[], forms: readonly string[]): string[] {
  return elements.flatMap((element) => {
    if (element.type !== SELECT && element.type !== PLURAL) return []
    const inner = Object.values(element.options).flatMap(({ value }) => missingPlurals(value, forms))
    const own = element.type === PLURAL ? forms.filter((form) => !(form in element.options)) : []
    return [...new Set([...own, ...inner])]
  })
}

function problemsOfUse(english: MessagesFile): string[] {
  const text = sourceText()
  // Keys built from a prefix and a value at run time count as used.
  const prefixes = [...text.matchAll(/\bt\(\s*`([\w.]+\.)\$\{/g)].map((match) => match[1] ?? '')
  return Object.entries(english).flatMap(([key, message]) => {
    const quoted = text.includes(`'${key}'`) || text.includes(`"${key}"`)
    const used = quoted || prefixes.some((prefix) => key.startsWith(prefix))
    if (!used) return [`en.json: ${key} is used nowhere in src.`]
    const bare = message.includes('{') && text.includes(`t('${key}')`)
    return bare ? [`A page says t('${key}') without the values that the message needs.`] : []
  })
}

function sourceText(): string {
  const names = readdirSync(source, { recursive: true, encoding: 'utf8' })
  const code = names.filter((name) => /(?<!\.test)\.tsx?$/.test(name))
  return code.map((name) => readFileSync(join(source, name), 'utf8')).join('\n')
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const problems = checkMessages()
  for (const problem of problems) console.error(problem)
  process.exitCode = problems.length > 0 ? 1 : 0
}
