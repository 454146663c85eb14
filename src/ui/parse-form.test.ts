import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { holdsCardNumber } from '#src/card-number.ts'
import { choiceField, codeField, emailField, parseForm, textField } from './parse-form.ts'

const form = z.object({
  email: emailField(),
  reason: choiceField(['too_expensive', 'other'], 'error.form.choose_reason'),
  comment: textField({ max: 10 }),
})

const good = { email: ' Mara@Northwind.example ', reason: 'other', comment: '' }

describe('parseForm', () => {
  it('trims and keeps what was typed', () => {
    const parsed = parseForm(form, new URLSearchParams({ ...good, csrf_token: 'x' }))
    expect(parsed).toEqual({ ok: true, values: { email: 'Mara@Northwind.example', reason: 'other', comment: '' } })
  })

  it('lets an optional field be absent', () => {
    const parsed = parseForm(form, { email: good.email, reason: 'other' })
    expect(parsed.ok && parsed.values.comment).toBe('')
  })

  it('names the problem of each field and hands back what was typed', () => {
    const parsed = parseForm(form, { email: 'mara@', reason: '', comment: 'eleven char' })
    expect(parsed).toEqual({
      ok: false,
      errors: {
        email: 'error.form.email',
        reason: 'error.form.choose_reason',
        comment: 'error.form.too_long',
      },
      typed: { email: 'mara@', reason: '', comment: 'eleven char' },
    })
  })

  it.each([
    ['a field it does not know', { ...good, price: '0' }],
    ['a file', { ...good, comment: new Blob(['x']) }],
    ['a field sent twice', new URLSearchParams('email=a@b.co&reason=other&reason=too_expensive')],
  ])('refuses %s', (_, input) => {
    expect(parseForm(form, input)).toMatchObject({ ok: false, errors: { form: 'error.form.unreadable' } })
  })

  it.each(['\0', 'a\u0007b', '\ud800'])('refuses %j and hands nothing of it back', (comment) => {
    const parsed = parseForm(form, { ...good, comment })
    expect(parsed).toMatchObject({ ok: false, errors: { comment: 'error.form.characters' } })
    expect(parsed.ok || parsed.typed.comment).not.toMatch(/\0|\ud800/)
  })

  it('counts code points', () => {
    expect(parseForm(form, { ...good, comment: '🙂'.repeat(10) }).ok).toBe(true)
    expect(parseForm(form, { ...good, comment: '🙂'.repeat(11) }).ok).toBe(false)
  })

  it.each(['a,b@c.de', 'a@b', 'a b@c.de', 'a@b..c', '<a@b.co>', 'a@b.co\r\nBcc: c@d.ef', `${'a'.repeat(250)}@b.co`])(
    'takes %j for no address',
    (email) => {
      expect(parseForm(form, { ...good, email }).ok).toBe(false)
    },
  )
})

describe('holdsCardNumber', () => {
  it.each([
    '4242 4242 4242 4242',
    'my card: 5555-5555-5555-4444!',
    '378282246310005',
    '٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢',
    '۴۲۴۲ ۴۲۴۲ ۴۲۴۲ ۴۲۴۲',
    '４２４２－４２４２－４２４２－４２４２',
    '४२४२ ४२४२ ४२४२ ४२४२',
    '4242\u00a0–\u00a04242\u00a0–\u00a04242\u00a0–\u00a04242',
    '\u2067٤٢٤٢\u2069 \u2067٤٢٤٢\u2069 \u2067٤٢٤٢\u2069 \u2067٤٢٤٢\u2069',
    '4242 4242 4242 4242 123',
    '2. 4242 4242 4242 4242',
  ])('finds %s', (text) => {
    expect(holdsCardNumber(text)).toBe(true)
  })

  it.each([
    '4242 4242 4242 4243',
    '+46 8 123 456 78',
    'invoice 2026-000412',
    '12345678901234567890123',
    '٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٣',
    'from 2026-01-02 until 2026-03-04',
  ])('leaves %s', (text) => {
    expect(holdsCardNumber(text)).toBe(false)
  })
})

describe('codeField', () => {
  const code = z.object({ code: codeField(6) })

  it.each([['123 456'], ['123-456'], ['١٢٣٤٥٦'], ['۱۲۳۴۵۶']])('reads %s', (typed) => {
    expect(parseForm(code, { code: typed })).toEqual({ ok: true, values: { code: '123456' } })
  })

  it('wants all digits', () => {
    expect(parseForm(code, { code: '12345' })).toMatchObject({ ok: false, errors: { code: 'error.form.code' } })
  })
})
