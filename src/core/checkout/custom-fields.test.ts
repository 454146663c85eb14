import { expect, test } from 'vitest'
import type { CustomField } from '#db/checkout-json.ts'
import { readAnswers } from './custom-fields.ts'

const field = (field_type: CustomField['field_type'], more: Partial<CustomField> = {}): CustomField => ({
  ...{ key: 'q', label: 'Q', options: [], placeholder: null, required: false },
  ...{ field_type, ...more },
})

const answer = (asked: CustomField, typed: string) => {
  const { responses, problems } = readAnswers([asked], new Map([['q', typed]]))
  return problems.get('q') ?? responses[0]?.value
}

test.each([
  ['text', ' twelve ', 'twelve'],
  ['number', '12.5', '12.5'],
  ['number', 'twelve', 'number'],
  ['number', '1e3', 'number'],
  ['email', 'mara@example.com', 'mara@example.com'],
  ['email', 'mara', 'email'],
  ['url', 'https://example.com/x', 'https://example.com/x'],
  ['url', 'javascript:alert(1)', 'url'],
  ['date', '2027-02-28', '2027-02-28'],
  ['date', '2027-02-29', 'date'],
  ['date', '28.02.2027', 'date'],
  ['boolean', 'on', 'true'],
  ['boolean', '', 'false'],
  ['text', '', undefined],
] as const)('%s answered "%s" is %s', (type, typed, found) => {
  expect(answer(field(type), typed)).toBe(found)
})

test('only what is offered can be chosen', () => {
  const size = field('dropdown', { options: ['S', 'M'] })
  expect(answer(size, 'M')).toBe('M')
  expect(answer(size, 'XL')).toBe('choice')
})

test('what is required has to be answered, and a box that is required has to be ticked', () => {
  expect(answer(field('text', { required: true }), '  ')).toBe('required')
  expect(answer(field('boolean', { required: true }), '')).toBe('unticked')
  expect(answer(field('boolean', { required: true }), 'on')).toBe('true')
})
