// The OpenAPI 3.1 document, made from the endpoints themselves.

import { OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi'
import { type ErrorCode, errorTable } from '#src/errors.ts'
import type { Mode } from '#src/urls.ts'
import { errorSchema } from '#wire/error.ts'
import type { Endpoint } from './endpoint.ts'
import { endpoints } from './endpoints.ts'

export type OpenApiDocument = ReturnType<OpenAPIHono['getOpenAPI31Document']>

const intro = `Products, checkouts, customers, subscriptions and payments of your business, in JSON over HTTPS.

Send your key as \`Authorization: Bearer <key>\`. A key belongs to one mode; one that may only read is refused on everything but GET.
Amounts are whole numbers of the currency's smallest unit. Times are RFC 3339 in UTC. Lists are pages counted from 0; an empty page is
the last one. Unknown fields in a body are ignored.

Whatever changes something may carry an \`Idempotency-Key\`, a text of yours: sent again within 30 days with the same key and body, it is done
once and answered alike, with \`Idempotent-Replayed: true\`.`

const idempotencyKey = z.object({
  'Idempotency-Key': z.string().min(1).max(255).optional().openapi({
    description: 'Makes one request of all that carry it, for 30 days; printable ASCII',
    example: 'order-4711-refund',
  }),
})

const documents = new Map<string, OpenApiDocument>()

/** The document of one mode, whose public address is `server`. */
export function documentFor(mode: Mode, server: string): OpenApiDocument {
  const name = `${mode} ${server}`
  const known = documents.get(name)
  if (known !== undefined) return known
  const book = new OpenAPIHono()
  book.openAPIRegistry.registerComponent('securitySchemes', 'api_key', { type: 'http', scheme: 'bearer' })
  const here = endpoints.filter((endpoint) => endpoint.mode === undefined || endpoint.mode === mode)
  for (const endpoint of here) book.openAPIRegistry.registerPath(routeOf(endpoint))
  const document = book.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Portico API', version: '0.1.0', description: intro, license: { name: 'Apache-2.0' } },
    servers: [{ url: server }],
    security: [{ api_key: [] }],
  })
  documents.set(name, document)
  return document
}

function routeOf(endpoint: Endpoint): RouteConfig {
  const { method, path, operation, noun, summary, description, query, body, example } = endpoint
  return {
    method,
    path,
    operationId: operation,
    tags: [noun],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(endpoint.open ? { security: [] } : {}),
    request: {
      ...(path.includes('{') ? { params: paramsOf(path) } : {}),
      ...(query === undefined ? {} : { query }),
      ...(mayCarryKey(endpoint) ? { headers: idempotencyKey } : {}),
      ...(endpoint.receives === 'file' ? { body: fileBody } : {}),
      ...(body === undefined
        ? {}
        : { body: { required: true, content: { 'application/json': { schema: body, example } } } }),
    },
    responses: { [endpoint.status ?? 200]: answerOf(endpoint), ...refusalsOf(endpoint) },
  } as RouteConfig
}

const binary = { type: 'string', format: 'binary' } as const

/** Exactly one file, under any name of a field; or its bytes by themselves. */
const fileBody = {
  required: true,
  content: {
    'multipart/form-data': { schema: { type: 'object', properties: { file: binary } } },
    'application/octet-stream': { schema: binary },
  },
}

const mayCarryKey = ({ method, open }: Endpoint) => method !== 'get' && !open

function paramsOf(path: string) {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string)
  return z.object(Object.fromEntries(names.map((name) => [name, z.string()])))
}

function answerOf({ answer }: Endpoint): RouteConfig['responses'][string] {
  if (answer === undefined) return { description: 'Done; the answer is empty' }
  if (typeof answer === 'string') {
    return { description: 'The file', content: { [answer]: { schema: { type: 'string', format: 'binary' } } } }
  }
  return { description: 'Done', content: { 'application/json': { schema: answer } } }
}

/** Each status with the codes it can come with here. */
function refusalsOf(endpoint: Endpoint): RouteConfig['responses'] {
  const codes = new Set<ErrorCode>(['TOO_MANY_REQUESTS', 'INTERNAL_SERVER_ERROR', 'SERVICE_UNAVAILABLE'])
  if (!endpoint.open) codes.add('UNAUTHORIZED')
  if (!endpoint.open && endpoint.method !== 'get') codes.add('FORBIDDEN')
  if (endpoint.path.includes('{') || endpoint.mode !== undefined) codes.add('NOT_FOUND')
  if (endpoint.query !== undefined) codes.add('INVALID_QUERY_PARAMS')
  if (endpoint.body !== undefined) {
    for (const code of [
      'MALFORMED_REQUEST',
      'PAYLOAD_TOO_LARGE',
      'UNSUPPORTED_MEDIA_TYPE',
      'INVALID_REQUEST_BODY',
    ] as const) {
      codes.add(code)
    }
  }
  if (endpoint.receives === 'file') {
    for (const code of ['MALFORMED_REQUEST', 'PAYLOAD_TOO_LARGE', 'INVALID_REQUEST_BODY'] as const) codes.add(code)
  }
  if (mayCarryKey(endpoint)) for (const code of ['CONFLICT', 'INVALID_REQUEST_PARAMETERS'] as const) codes.add(code)
  for (const code of endpoint.refusals ?? []) codes.add(code)
  const byStatus = Map.groupBy(codes, (code) => errorTable[code][0])
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, names]) => [
        status,
        { description: names.sort().join(', '), content: { 'application/json': { schema: errorSchema } } },
      ]),
  )
}
