// Two languages nobody speaks, for tests: one longer than any real one, one in ideographs without spaces. Registered, they
// can be asked for by name; they are never listed nor negotiated from a browser's list.

import { forgetMessages, getEnglish, type MessageKey, type Messages, registerMessages } from './catalog.ts'
import { ARGUMENT, type Element, PLURAL, POUND, parseMessage, SELECT, TEXT } from './message.ts'
import { forgetTranslators } from './translator.ts'

export function registerPseudoLocales(): void {
  registerMessages('en-XA', longMessages())
  registerMessages('zh-XA', ideographicMessages())
  forgetTranslators()
}

export function forgetPseudoLocales(): void {
  forgetMessages('en-XA')
  forgetMessages('zh-XA')
  forgetTranslators()
}

export const longMessages = (): Messages => rewrite(lengthen)
export const ideographicMessages = (): Messages => rewrite(ideographs)

function rewrite(change: (text: string) => string): Messages {
  const english = Object.entries(getEnglish())
  const changed = english.map(([key, source]) => [key, print(parseMessage(source).getAst(), change)])
  return Object.fromEntries(changed) as Record<MessageKey, string>
}

function print(elements: readonly Element[], change: (text: string) => string): string {
  return elements.map((element) => printElement(element, change)).join('')
}

function printElement(element: Element, change: (text: string) => string): string {
  switch (element.type) {
    case TEXT:
      return change(element.value).replaceAll("'", "''").replaceAll(/[{}#]/g, "'$&'")
    case ARGUMENT:
      return `{${element.value}}`
    case POUND:
      return '#'
    case SELECT:
    case PLURAL: {
      const kind = element.type === SELECT ? 'select' : 'plural'
      const options = Object.entries(element.options).map(([name, { value }]) => `${name} {${print(value, change)}}`)
      return `{${element.value}, ${kind}, ${options.join(' ')}}`
    }
    default:
      throw new Error('a message uses a form other than {name}, plural and select')
  }
}

const plain = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const accented = 'åƀçðéƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýžÅßÇÐÉƑĜĤÎĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ'
const LONGER = 0.6

/** "Sign out" → "Šîîĝñ ööûûţţ": accents on every letter, 1.6 times as long, words kept whole. */
function lengthen(text: string): string {
  let owed = 0
  return text.replaceAll(/[a-z]/gi, (letter, at: number) => {
    const shown = accented[plain.indexOf(letter)] ?? letter
    owed += LONGER
    const endsWord = !/[a-z]/i.test(text[at + 1] ?? '')
    const extra = endsWord ? Math.round(owed) : /[aeiou]/i.test(letter) ? Math.floor(owed) : 0
    owed -= extra
    return shown + shown.toLowerCase().repeat(extra)
  })
}

const signs = '支付账单发票订阅续费取消方式日期金额状态计划地址客户商家密钥余额用量历史下载返回语言退出登录确认'

/** Two letters make one ideograph, spaces go. */
function ideographs(text: string): string {
  const words = text.replaceAll(/[a-z]+/gi, (word) => {
    const start = [...word].reduce((sum, letter) => sum + letter.charCodeAt(0), 0)
    return Array.from({ length: Math.ceil(word.length / 2) }, (_, at) => signs[(start + at * 7) % signs.length]).join(
      '',
    )
  })
  return words.replaceAll(/(?<=\S) (?=\S)/g, '')
}
