// The shop's own questions, each as the control that fits its kind.
import { type CustomField, rulesOf } from '#core/checkout/page-rules.ts'
import { Problem, Select, TextField } from '#ui/components/field.tsx'
import { questionName } from './checkout-form.ts'
import type { CheckoutPageProps } from './checkout-page.tsx'

export function Questions(props: CheckoutPageProps) {
  const { custom_fields } = rulesOf(props.view.checkout)
  return (
    <>
      {custom_fields.map((field) => (
        <Question {...props} field={field} />
      ))}
    </>
  )
}

function Question({ page: { i18n }, typed = {}, errors = {}, field }: CheckoutPageProps & { field: CustomField }) {
  const { label, field_type, options, required } = field
  const name = questionName(field.key)
  const common = { i18n, name, label, value: typed[name], error: errors[name], required, class: 'full' }
  const asked = { ...common, optional: !required }
  switch (field_type) {
    case 'dropdown':
      return (
        <Select
          {...asked}
          choices={options.map((value) => ({ value, label: value }))}
          placeholder={field.placeholder ?? i18n.t('checkout.question.choose')}
        />
      )
    case 'boolean':
      return <Tick {...common} />
    default:
      return (
        <TextField
          {...asked}
          {...kinds[field_type]}
          maxlength={500}
          {...(field.placeholder === null ? {} : { placeholder: field.placeholder })}
        />
      )
  }
}

const kinds = {
  text: { type: 'text' },
  number: { type: 'text', inputmode: 'decimal' },
  email: { type: 'email', inputmode: 'email' },
  url: { type: 'url', inputmode: 'url' },
  date: { type: 'date' },
} as const

type TickProps = Pick<Parameters<typeof TextField>[0], 'i18n' | 'name' | 'label' | 'value' | 'error' | 'required'>

function Tick({ i18n, name, label, value, error, required }: TickProps) {
  const problem = error ? `${name}-error` : undefined
  return (
    <div class="field full">
      <label class="check">
        <input
          type="checkbox"
          name={name}
          value="yes"
          checked={value === 'yes' || value === 'true'}
          required={required}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={problem}
        />
        <span>
          <bdi>{label}</bdi>
        </span>
      </label>
      {error ? <Problem id={`${name}-error`}>{i18n.t(error)}</Problem> : null}
    </div>
  )
}
