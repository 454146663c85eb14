// The published OpenAPI document, where it lies beside the project: what it says of an answer.

import { existsSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'

const file = new URL('../../../shared/contract/openapi.json', import.meta.url)

export const published = existsSync(file)

interface PublishedDocument {
  paths: Record<string, Record<string, { responses: Record<string, { content?: Record<string, { schema: object }> }> }>>
}

/** What is wrong with an answer by the published schema; nothing where there is none. */
export function problemsOf(method: string, path: string, body: unknown, status = 200): string[] {
  if (!published) return []
  const found = schemaOf(method.toLowerCase(), path, String(status))
  if (found === undefined) return []
  const validate = compiled(found)
  if (validate(body)) return []
  const errors = (validate.errors ?? []).filter(({ instancePath }) => !AMBIGUOUS.test(instancePath))
  return errors.map(({ instancePath, message }) => `${instancePath} ${message}`)
}

/**
 * A value may be only one of several kinds there, of which it is two: a whole number "integer" and "number"; a configuration its own
 * kind, and that of license keys, which demands nothing.
 */
const AMBIGUOUS = /\/metadata\/[^/]+$|\/integration_config(\/|$)/

const document: PublishedDocument = published ? JSON.parse(readFileSync(file, 'utf8')) : { paths: {} }
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })
if (published) ajv.addSchema(document, 'published')

function schemaOf(method: string, path: string, status: string): string | undefined {
  const template = Object.keys(document.paths).find((candidate) => matches(candidate, path))
  if (template === undefined) return undefined
  const schema = document.paths[template]?.[method]?.responses[status]?.content?.['application/json']?.schema
  const name = template.replaceAll('~', '~0').replaceAll('/', '~1')
  const pointer = ['paths', name, method, 'responses', status, 'content', 'application~1json', 'schema'].join('/')
  return schema === undefined ? undefined : `published#/${encodeURI(pointer)}`
}

function matches(template: string, path: string): boolean {
  const pattern = template.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll(/\{\w+\}/g, '[^/]+')
  return new RegExp(`^${pattern}$`).test(path)
}

function compiled(pointer: string) {
  const validate = ajv.getSchema(pointer)
  if (validate === undefined) throw new Error(`${pointer} is not in the published document`)
  return validate
}
