import type { Child } from 'hono/jsx'
import { kindsOf, nameOf, type Schema } from './read-document.ts'

export interface Field {
  name: string
  required: boolean
  description?: string
  schema: Schema
}

/** The fields of an object; those of unnamed objects inside it follow as `customer.email`, `product_cart[].quantity`. */
export function fieldsOf({ properties = {}, required = [] }: Schema, within = ''): Field[] {
  return Object.entries(properties).flatMap(([property, schema]) => {
    const name = `${within}${property}`
    const nested = [
      ...kindsOf(schema).map((kind) => fieldsOf(kind, `${name}.`)),
      ...kindsOf(schema).flatMap(({ items = {} }) => fieldsOf(items, `${name}[].`)),
    ]
    return [{ name, required: required.includes(property), schema }, ...nested.flat()]
  })
}

/** Names, types and meanings. `tells` says whether it is worth saying that a field may be left out. */
export function FieldTable({ fields, tells }: { fields: Field[]; tells: boolean }) {
  return (
    <div class="table">
      <table>
        <tbody>
          {fields.map(({ name, required, schema, description = meaningOf(schema) }) => (
            <tr>
              <th scope="row">
                <code>{name}</code>
                {tells && required ? <span class="required">required</span> : null}
              </th>
              <td>
                <span class="type">
                  <TypeName schema={schema} />
                </span>
                {description ? <p>{description}</p> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function meaningOf(schema: Schema): string | undefined {
  return schema.description ?? kindsOf(schema).find((kind) => kind.description)?.description
}

/** "text, 1 to 250 characters", "list of Refund", "whole number or null". */
export function TypeName({ schema }: { schema: Schema }) {
  const kinds = kindsOf(schema)
  const nullable =
    [schema.type].flat().includes('null') ||
    [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].some((kind) => kind.type === 'null')
  if (kinds.length === 0) return <>null</>
  return (
    <>
      {kinds.map((kind, index) => (
        <>
          {index > 0 ? ' or ' : ''}
          {kind === schema ? <OneType schema={kind} /> : <TypeName schema={kind} />}
        </>
      ))}
      {nullable && schema.type !== 'null' ? ' or null' : ''}
    </>
  )
}

function OneType({ schema }: { schema: Schema }): Child {
  const name = nameOf(schema)
  if (name !== undefined) return <a href={`#${name}`}>{name}</a>
  if (schema.const !== undefined) return <code>{String(schema.const)}</code>
  if (schema.enum !== undefined) return <Choices of={schema.enum.filter((value) => value !== null)} />
  if (schema.items !== undefined) {
    return (
      <>
        list of <TypeName schema={schema.items} />
      </>
    )
  }
  return <>{plainType(schema)}</>
}

function Choices({ of }: { of: unknown[] }) {
  return (
    <span class="choices">
      {of.map((value, index) => (
        <>
          {index > 0 ? ' · ' : ''}
          <code>{String(value)}</code>
        </>
      ))}
    </span>
  )
}

const words: Record<string, string> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
  object: 'object',
  null: 'null',
}

const formats: Record<string, string> = { 'date-time': 'time', uri: 'address', email: 'e-mail address' }

function plainType(schema: Schema): string {
  const types = [schema.type].flat().filter((type) => type !== 'null')
  const named = types.map((type) => words[type ?? ''] ?? 'anything').join(' or ') || 'null'
  const rules = [formats[schema.format ?? ''] ?? named, lengthOf(schema), rangeOf(schema), fallbackOf(schema)]
  return rules.filter((rule) => rule !== undefined).join(', ')
}

function lengthOf({ minLength = 0, maxLength }: Schema): string | undefined {
  if (maxLength === undefined) return undefined
  return minLength === 0 ? `up to ${maxLength} characters` : `${minLength} to ${maxLength} characters`
}

const BEYOND_TELLING = 1e12

function rangeOf({ minimum = 0, maximum }: Schema): string | undefined {
  return maximum === undefined || maximum > BEYOND_TELLING ? undefined : `${Math.max(0, minimum)} to ${maximum}`
}

function fallbackOf({ default: fallback }: Schema): string | undefined {
  return fallback === undefined ? undefined : `${String(fallback)} where left out`
}
