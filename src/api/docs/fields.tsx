import type { Child } from 'hono/jsx'
import { kindsOf, nameOf, type Schema } from './read-document.ts'

export interface Field {
  name: string
  required: boolean
  description?: string
  schema: Schema
}

export function fieldsOf({ properties = {}, required = [] }: Schema): Field[] {
  return Object.entries(properties).map(([name, schema]) => ({ name, required: required.includes(name), schema }))
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
  if (schema.enum !== undefined) return <Choices of={schema.enum} />
  if (schema.items !== undefined) {
    return (
      <>
        list of <TypeName schema={schema.items} />
      </>
    )
  }
  if (schema.properties !== undefined) return <>object with {Object.keys(schema.properties).join(', ')}</>
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

function plainType({ type, format, minLength, maxLength, minimum, maximum, default: fallback }: Schema): string {
  const names = [type].flat().filter((name) => name !== 'null')
  const named = names.map((name) => words[name ?? ''] ?? 'anything').join(' or ') || 'null'
  const kind =
    format === 'date-time' ? 'time' : format === 'uri' ? 'address' : format === 'email' ? 'e-mail address' : named
  const length = maxLength === undefined ? '' : `, ${minLength ?? 0} to ${maxLength} characters`
  const range = maximum === undefined || maximum > 1e12 ? '' : `, ${Math.max(0, minimum ?? 0)} to ${maximum}`
  return `${kind}${length}${range}${fallback === undefined ? '' : `, ${String(fallback)} where left out`}`
}
