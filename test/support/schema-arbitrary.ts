// Values that a JSON schema of the API would take, or nearly: limits, empty texts, odd letters, missing and null fields.
import fc from 'fast-check'

export interface JsonSchema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  format?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  items?: JsonSchema
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: JsonSchema | boolean
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
}

interface Surroundings {
  schemas: ReadonlyMap<string, JsonSchema>
  /** What there is, by the names of ids. */
  ids: Readonly<Record<string, string>>
}

const times = ['2026-02-28T00:00:00Z', '2026-01-31T09:00:00.000001Z', '1970-01-01T00:00:00Z', '9999-12-31T23:59:59Z']
const numbers = [0, 1, -1, 2_147_483_647, 2_147_483_648, Number.MAX_SAFE_INTEGER, 1e21, 0.5]

export function arbitraryOf(
  schema: JsonSchema,
  surroundings: Surroundings,
  name = '',
  depth = 0,
): fc.Arbitrary<unknown> {
  const { $ref, anyOf, oneOf, allOf } = schema
  if ($ref !== undefined) {
    const target = surroundings.schemas.get($ref.split('/').at(-1) ?? '') ?? {}
    return depth > 8 ? fc.constant(null) : arbitraryOf(target, surroundings, name, depth + 1)
  }
  const inner = anyOf ?? oneOf ?? allOf
  if (inner !== undefined) return fc.oneof(...inner.map((one) => arbitraryOf(one, surroundings, name, depth + 1)))
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  const [type] = [schema.type].flat()
  switch (type) {
    case 'string':
      return textOf(schema, surroundings, name)
    case 'integer':
    case 'number':
      return fc.oneof(
        fc.integer({ min: schema.minimum ?? 0, max: Math.max(schema.minimum ?? 0, schema.maximum ?? 10_000) }),
        fc.constantFrom(...numbers),
      )
    case 'boolean':
      return fc.boolean()
    case 'array':
      return fc.array(arbitraryOf(schema.items ?? {}, surroundings, name, depth + 1), { maxLength: 3 })
    case 'object':
      return objectOf(schema, surroundings, depth)
    case 'null':
      return fc.constant(null)
    default:
      return fc.jsonValue({ maxDepth: 2 })
  }
}

function textOf({ format, maxLength = 40 }: JsonSchema, { ids }: Surroundings, name: string): fc.Arbitrary<string> {
  const known = Object.keys(ids).find((id) => name === id || name.endsWith(`_${id}`) || name.endsWith(`${id}s`))
  const odd = fc.string({ unit: 'binary', maxLength: Math.min(maxLength + 1, 300) }).map((text) => text.toWellFormed())
  if (known !== undefined) return fc.oneof({ weight: 4, arbitrary: fc.constant(ids[known] ?? '') }, odd)
  if (format === 'date-time') return fc.oneof(fc.constantFrom(...times), odd)
  return fc.oneof(fc.constantFrom('', 'Mara', 'mara@northwind.example', 'https://linden.example/', 'USD', 'SE'), odd)
}

function objectOf(schema: JsonSchema, surroundings: Surroundings, depth: number): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties } = schema
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, inner]) => [
      name,
      fc.oneof({ weight: 9, arbitrary: arbitraryOf(inner, surroundings, name, depth + 1) }, fc.constant(null)),
    ]),
  )
  if (Object.keys(fields).length === 0) {
    const inner = typeof additionalProperties === 'object' ? additionalProperties : {}
    return fc.dictionary(fc.string({ maxLength: 12 }), arbitraryOf(inner, surroundings, '', depth + 1), { maxKeys: 3 })
  }
  return fc.record(fields, { requiredKeys: required })
}
