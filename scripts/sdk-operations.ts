// The operations of the published SDK, read from its own files: what each is called and what it asks.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface SdkOperation {
  /** As it is called on a client: 'customers.wallets.list'. */
  name: string
  /** 'get' */
  method: string
  /** '/customers/{}/wallets' */
  path: string
}

const resources = join(import.meta.dirname, '..', 'node_modules', 'dodopayments', 'resources')

export function readSdkOperations(): SdkOperation[] {
  return readdirSync(resources, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.mjs') && !file.endsWith('index.mjs'))
    .flatMap((file) => operationsIn(readFileSync(join(resources, file), 'utf8'), resourceOf(file)))
    .toSorted((a, b) => (a.path === b.path ? order(a) - order(b) : a.path < b.path ? -1 : 1))
}

const order = ({ method }: SdkOperation) => ['get', 'post', 'put', 'patch', 'delete'].indexOf(method)

const METHOD = /^ {4}(\w+)\([^)]*\) \{\n([\s\S]*?)^ {4}\}/gm
const ASKS = /this\._client\.(get|post|put|patch|delete|getAPIList)\((?:path `([^`]+)`|'([^']+)')/

function operationsIn(source: string, resource: string): SdkOperation[] {
  return [...source.matchAll(METHOD)].flatMap(([, method = '', body = '']) => {
    const [, verb, template, plain] = body.match(ASKS) ?? []
    const path = (template ?? plain)?.replaceAll(/\$\{\w+\}/g, '{}')
    if (verb === undefined || path === undefined) return []
    return [{ name: `${resource}.${method}`, method: verb === 'getAPIList' ? 'get' : verb, path }]
  })
}

/** 'customers/wallets/ledger-entries.mjs' is `customers.wallets.ledgerEntries`; a folder's own resource has the folder's name. */
function resourceOf(file: string): string {
  const parts = file.replace(/\.mjs$/, '').split(/[\\/]/)
  const own = parts.at(-1) === parts.at(-2) ? parts.slice(0, -1) : parts
  return own.map((part) => part.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())).join('.')
}
