// Form controls with their label, hint and problem tied together for everyone.
import type { Child } from 'hono/jsx'
import type { MessageKey, Translator } from '#i18n/translator.ts'
import { Icon } from './icon.tsx'

interface FieldProps {
  i18n: Translator
  name: string
  label: string
  hint?: string
  error?: MessageKey
  /** Said beside the label of what may stay empty. */
  optional?: boolean
  /** Distinguishes two forms of one page that ask for the same. */
  id_prefix?: string
  class?: string
}

interface TextFieldProps extends FieldProps {
  type?: 'text' | 'email' | 'tel' | 'url' | 'search' | 'date'
  value?: string
  required?: boolean
  /** Read and sent, and not to be written. */
  readonly?: boolean
  autocomplete?: string
  inputmode?: 'numeric' | 'decimal' | 'email' | 'tel' | 'url'
  maxlength?: number
  pattern?: string
  placeholder?: string
  autofocus?: boolean
  /** Class of the input, e.g. `code`. */
  look?: string
}

export function TextField(props: TextFieldProps) {
  const { type = 'text', value, look, ...rest } = props
  return (
    <Field {...rest}>
      <input
        {...controlOf(rest)}
        class={look ? `input ${look}` : 'input'}
        type={type}
        value={value}
        required={rest.required}
        readonly={rest.readonly}
        autocomplete={rest.autocomplete}
        inputmode={rest.inputmode}
        maxlength={rest.maxlength}
        pattern={rest.pattern}
        placeholder={rest.placeholder}
        autofocus={rest.autofocus}
        dir={type === 'email' || type === 'tel' || type === 'url' || look === 'code' ? 'ltr' : 'auto'}
      />
    </Field>
  )
}

export function TextArea(props: FieldProps & { value?: string; maxlength?: number }) {
  return (
    <Field {...props}>
      <textarea {...controlOf(props)} class="input" rows={3} maxlength={props.maxlength} dir="auto">
        {props.value ?? ''}
      </textarea>
    </Field>
  )
}

export interface Choice {
  value: string
  label: string
}

interface SelectProps extends FieldProps {
  choices: readonly Choice[]
  value?: string
  required?: boolean
  /** Shown until something is chosen. */
  placeholder?: string
  autocomplete?: string
}

export function Select(props: SelectProps) {
  const { choices, value, required, placeholder, autocomplete } = props
  return (
    <Field {...props}>
      <span class="select">
        <select {...controlOf(props)} class="input" required={required} autocomplete={autocomplete}>
          {placeholder === undefined ? null : <option value="">{placeholder}</option>}
          {choices.map((choice) => (
            <option value={choice.value} selected={choice.value === value}>
              {choice.label}
            </option>
          ))}
        </select>
        <Icon name="chevron-down" />
      </span>
    </Field>
  )
}

/** A choice large enough to explain itself. */
export function Pick(props: { name: string; value: string; checked: boolean; title: string; note: string }) {
  return (
    <label class="pick">
      <input type="radio" name={props.name} value={props.value} checked={props.checked} required />
      <span class="grow">
        <b>{props.title}</b>
        <span class="note">{props.note}</span>
      </span>
    </label>
  )
}

export function Problem({ id, children }: { id?: string; children: Child }) {
  return (
    <p class="problem" id={id}>
      <Icon name="circle-alert" />
      {children}
    </p>
  )
}

function Field(props: FieldProps & { children: Child }) {
  const { i18n, label, hint, error, optional, children } = props
  const id = idOf(props)
  return (
    <div class={props.class ? `field ${props.class}` : 'field'}>
      <label for={id}>
        <bdi>{label}</bdi>
        {optional ? <span class="soft"> {i18n.t('portal.form.optional')}</span> : null}
      </label>
      {children}
      {hint ? (
        <p class="small soft" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {error ? <Problem id={`${id}-error`}>{i18n.t(error)}</Problem> : null}
    </div>
  )
}

function controlOf(props: FieldProps) {
  const id = idOf(props)
  const described = [props.hint ? `${id}-hint` : '', props.error ? `${id}-error` : ''].filter(Boolean).join(' ')
  return {
    id,
    name: props.name,
    'aria-invalid': props.error ? ('true' as const) : undefined,
    'aria-describedby': described || undefined,
  }
}

function idOf({ id_prefix, name }: FieldProps): string {
  return id_prefix ? `${id_prefix}-${name}` : name
}
