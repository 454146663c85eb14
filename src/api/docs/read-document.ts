// What the page wants to know of the OpenAPI document: operations by noun, schemas by name, an example of each.
import type { OpenApiDocument } from '#api/openapi.ts'

export interface Schema {
  $ref?: string
  type?: string | string[]
  description?: string
  example?: unknown
  enum?: unknown[]
  const?: unknown
  default?: unknown
  format?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
}

export interface Parameter {
  name: string
  in: string
  required?: boolean
  description?: string
  schema?: Schema
}

interface Content {
  schema?: Schema
  example?: unknown
}

export interface Operation {
  method: string
  path: string
  operationId: string
  summary: string
  description?: string
  parameters: Parameter[]
  body: Content | undefined
  /** The status of success. */
  done: string
  /** 'application/json', 'application/pdf'; undefined where the answer is empty. */
  answer: { type: string; schema: Schema } | undefined
  refusals: { status: string; codes: string }[]
}

export type Schemas = Record<string, Schema>

export function schemasOf(document: OpenApiDocument): Schemas {
  return (document.components?.schemas ?? {}) as Schemas
}

/** In the order of the document. */
export function operationsByNoun(document: OpenApiDocument): Map<string, Operation[]> {
  const nouns = new Map<string, Operation[]>()
  for (const [path, methods] of Object.entries(document.paths ?? {})) {
    for (const [method, described] of Object.entries(methods as Record<string, RawOperation>)) {
      const noun = described.tags[0] ?? ''
      nouns.set(noun, [...(nouns.get(noun) ?? []), operationOf(method, path, described)])
    }
  }
  return nouns
}

interface RawOperation extends Pick<Operation, 'operationId' | 'summary' | 'description'> {
  tags: string[]
  parameters?: (Parameter & { in: string })[]
  requestBody?: { content: Record<string, Content> }
  responses: Record<string, { description: string; content?: Record<string, Content> }>
}

function operationOf(method: string, path: string, raw: RawOperation): Operation {
  const { operationId, summary, description, parameters = [] } = raw
  const done = Object.keys(raw.responses).find((status) => status.startsWith('2')) ?? '200'
  const [answer] = Object.entries(raw.responses[done]?.content ?? {})
  return {
    method: method.toUpperCase(),
    path,
    operationId,
    summary,
    description,
    // What any of them may carry is told once, above all of them.
    parameters: parameters.filter((parameter) => parameter.in !== 'header'),
    body: raw.requestBody?.content['application/json'],
    done,
    answer: answer === undefined ? undefined : { type: answer[0], schema: answer[1].schema ?? {} },
    refusals: Object.entries(raw.responses)
      .filter(([status]) => status !== done)
      .map(([status, { description: codes }]) => ({ status, codes })),
  }
}

export function nameOf(schema: Schema): string | undefined {
  return schema.$ref?.split('/').at(-1)
}

/** The names of all objects these operations take, answer, or that are in those; in alphabetical order. */
export function namedIn(operations: readonly Operation[], schemas: Schemas): string[] {
  const names = new Set<string>()
  const visit = (schema: Schema): void => {
    const name = nameOf(schema)
    if (name !== undefined) {
      if (names.has(name)) return
      names.add(name)
      visit(schemas[name] ?? {})
    }
    const { items, properties = {}, additionalProperties, anyOf = [], oneOf = [], allOf = [] } = schema
    const inside = [items, typeof additionalProperties === 'object' ? additionalProperties : undefined]
    const parts = [...inside, ...Object.values(properties), ...anyOf, ...oneOf, ...allOf]
    for (const part of parts) if (part !== undefined) visit(part)
  }
  for (const { parameters, body, answer } of operations) {
    for (const { schema } of parameters) visit(schema ?? {})
    visit(body?.schema ?? {})
    visit(answer?.schema ?? {})
  }
  return [...names].sort()
}

/** The kinds a value may be of, without null. */
export function kindsOf(schema: Schema): Schema[] {
  const kinds = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? [schema]
  return kinds.filter((kind) => kind.type !== 'null')
}

/** What a value could look like, from the examples of its fields. */
export function exampleOf(schema: Schema, schemas: Schemas): unknown {
  if (schema.example !== undefined) return schema.example
  const name = nameOf(schema)
  if (name !== undefined) return exampleOf(schemas[name] ?? {}, schemas)
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  const [kind] = kindsOf(schema)
  if (kind !== undefined && kind !== schema) return exampleOf(kind, schemas)
  if (schema.properties !== undefined) {
    return Object.fromEntries(
      Object.entries(schema.properties).map(([field, value]) => [field, exampleOf(value, schemas)]),
    )
  }
  if (schema.items !== undefined) return [exampleOf(schema.items, schemas)]
  const type = [schema.type].flat()
  if (type.includes('null')) return null
  if (type.includes('boolean')) return false
  return type.includes('integer') || type.includes('number') ? 0 : '…'
}
