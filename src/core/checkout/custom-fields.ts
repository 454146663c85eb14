// The shop's own questions: whether an answer is one, and the form it is kept in.
import type { CustomField, CustomFieldResponse } from '#db/checkout-json.ts'

/** What is wrong with an answer; the page says it in words. */
export type AnswerProblem = 'required' | 'unticked' | 'number' | 'email' | 'url' | 'date' | 'choice'

export interface Answers {
  /** Of the questions that were answered, in their order. */
  responses: CustomFieldResponse[]
  /** By the key of the question. */
  problems: Map<string, AnswerProblem>
}

/**
 * `typed` holds what was typed, by the key of the question. A box that is not ticked answers 'false', and one that has to be ticked is not
 * answered so: "I accept the terms", required, needs 'true'.
 */
export function readAnswers(fields: readonly CustomField[], typed: ReadonlyMap<string, string>): Answers {
  const responses: CustomFieldResponse[] = []
  const problems = new Map<string, AnswerProblem>()
  for (const field of fields) {
    const { key, required } = field
    const value = answerOf(field, typed.get(key)?.trim() ?? '')
    const problem = value === '' ? (required ? 'required' : undefined) : problemOf(field, value)
    if (problem !== undefined) problems.set(key, problem)
    else if (value !== '') responses.push({ key, value })
  }
  return { responses, problems }
}

function answerOf({ field_type }: CustomField, typed: string): string {
  return field_type === 'boolean' ? String(typed !== '') : typed
}

const NUMBER = /^[+-]?\d{1,15}(?:\.\d{1,10})?$/
const EMAIL = /^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/u
const URL_START = /^https?:\/\//i
const DATE = /^\d{4}-\d{2}-\d{2}$/

function problemOf({ field_type, options, required }: CustomField, value: string): AnswerProblem | undefined {
  switch (field_type) {
    case 'number':
      return NUMBER.test(value) ? undefined : 'number'
    case 'email':
      return EMAIL.test(value) ? undefined : 'email'
    case 'url':
      return URL_START.test(value) && URL.canParse(value) ? undefined : 'url'
    case 'date':
      return DATE.test(value) && isDay(value) ? undefined : 'date'
    case 'boolean':
      return required && value === 'false' ? 'unticked' : undefined
    case 'dropdown':
      return options.includes(value) ? undefined : 'choice'
    default:
      return undefined
  }
}

function isDay(value: string): boolean {
  try {
    Temporal.PlainDate.from(value)
    return true
  } catch {
    return false
  }
}
