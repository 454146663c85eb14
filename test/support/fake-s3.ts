// An object store of the tests: as much of S3 as is spoken to it, in memory, on loopback. It checks who signed each request.
import { createHash, createHmac, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { S3Settings } from '#storage/s3.ts'

const BUCKET = 'files'
const REGION = 'us-east-1'
const KEY_ID = 'AKIDOFTHETESTS'
const SECRET = 'a secret of the tests'

interface Answer {
  status: number
  headers?: Record<string, string>
  body?: string | Buffer
}

interface Held {
  objects: Map<string, Buffer>
  uploads: Map<string, { key: string; parts: Map<number, Buffer> }>
}

/** `listsUploads`: small stores do not. */
export async function startFakeS3({ listsUploads = true } = {}) {
  const held: Held = { objects: new Map(), uploads: new Map() }
  const server = createServer(async (request, response) => {
    const body = await buffer(request).catch(() => undefined)
    if (body === undefined) return
    const asked = isOurs(request) ? answerTo(request, body, held) : refusal(403, 'SignatureDoesNotMatch')
    const unknown = !listsUploads && request.method === 'GET' && /[?&]uploads(?:=|&|$)/.test(request.url ?? '')
    const answer = unknown ? refusal(501, 'NotImplemented') : asked
    response.writeHead(answer.status, answer.headers).end(request.method === 'HEAD' ? '' : answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const settings: S3Settings = {
    bucket: BUCKET,
    region: REGION,
    endpoint: `http://127.0.0.1:${port}`,
    access_key_id: KEY_ID,
    secret_access_key: SECRET,
    force_path_style: true,
  }
  return {
    settings,
    countAll: async () => held.objects.size + held.uploads.size,
    /** As a process that is killed in the middle of an upload does. */
    leaveParts: (key: string) => held.uploads.set(randomUUID(), { key, parts: new Map([[1, Buffer.from('x')]]) }),
    stop: () => new Promise<unknown>((resolve) => server.close(resolve)),
  }
}

function answerTo(request: IncomingMessage, body: Buffer, held: Held): Answer {
  const { pathname, searchParams: query } = new URL(request.url ?? '', 'http://s3.example')
  const [, bucket, ...rest] = pathname.split('/')
  if (bucket !== BUCKET) return refusal(404, 'NoSuchBucket')
  const key = rest.map(decodeURIComponent).join('/')
  const upload_id = query.get('uploadId')
  if (query.has('uploads')) return request.method === 'POST' ? begin(key, held) : list(query.get('prefix') ?? '', held)
  if (upload_id !== null) return onUpload(request, { key, upload_id, query }, body, held)
  if (request.method === 'PUT') {
    held.objects.set(key, body)
    return { status: 200, headers: { etag: etagOf(body) } }
  }
  if (request.method === 'DELETE') {
    held.objects.delete(key)
    return { status: 204 }
  }
  const found = held.objects.get(key)
  return found === undefined ? refusal(404, 'NoSuchKey') : give(found, request.headers.range)
}

function give(found: Buffer, range: string | undefined): Answer {
  const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? []
  if (start === undefined || end === undefined) return { status: 200, body: found }
  if (Number(start) >= found.byteLength) return refusal(416, 'InvalidRange')
  return { status: 206, body: found.subarray(Number(start), Number(end) + 1) }
}

function begin(key: string, { uploads }: Held): Answer {
  const upload_id = randomUUID()
  uploads.set(upload_id, { key, parts: new Map() })
  return xml(
    `<InitiateMultipartUploadResult><UploadId>${upload_id}</UploadId><Key>${key}</Key></InitiateMultipartUploadResult>`,
  )
}

function list(prefix: string, { uploads }: Held): Answer {
  const found = [...uploads].filter(([, { key }]) => key.startsWith(prefix))
  const told = found.map(([id, { key }]) => `<Upload><Key>${key}</Key><UploadId>${id}</UploadId></Upload>`)
  return xml(`<ListMultipartUploadsResult>${told.join('')}</ListMultipartUploadsResult>`)
}

function onUpload(
  { method }: IncomingMessage,
  { key, upload_id, query }: { key: string; upload_id: string; query: URLSearchParams },
  body: Buffer,
  { objects, uploads }: Held,
): Answer {
  const upload = uploads.get(upload_id)
  if (upload?.key !== key) return refusal(404, 'NoSuchUpload')
  if (method === 'PUT') {
    upload.parts.set(Number(query.get('partNumber')), body)
    return { status: 200, headers: { etag: etagOf(body) } }
  }
  uploads.delete(upload_id)
  if (method === 'DELETE') return { status: 204 }
  const numbers = [...body.toString().matchAll(/<PartNumber>(\d+)</g)].map(([, number]) => Number(number))
  const whole = Buffer.concat(numbers.map((number) => upload.parts.get(number) ?? Buffer.alloc(0)))
  objects.set(key, whole)
  return xml(
    `<CompleteMultipartUploadResult><Key>${key}</Key><ETag>${etagOf(whole)}</ETag></CompleteMultipartUploadResult>`,
  )
}

const etagOf = (body: Buffer) => `"${createHash('md5').update(body).digest('hex')}"`
const xml = (body: string): Answer => ({ status: 200, headers: { 'content-type': 'application/xml' }, body })

function refusal(status: number, code: string): Answer {
  return {
    ...xml(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`),
    status,
  }
}

/** AWS Signature Version 4, from its public description. */
function isOurs({ method = '', url = '', headers }: IncomingMessage): boolean {
  const [, key_id, scope, signed, signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\S+), SignedHeaders=(\S+), Signature=(\w+)$/.exec(
      headers.authorization ?? '',
    ) ?? []
  if (key_id !== KEY_ID || scope === undefined || signed === undefined || signature === undefined) return false
  const { pathname, searchParams } = new URL(url, 'http://s3.example')
  const sorted = [...searchParams].map((pair) => pair.map(encodeURIComponent).join('=')).sort()
  const canonical = [
    method,
    pathname,
    sorted.join('&'),
    ...signed.split(';').map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    signed,
    headers['x-amz-content-sha256'],
  ].join('\n')
  const hash = createHash('sha256').update(canonical).digest('hex')
  const key = scope.split('/').reduce<string | Buffer>((before, part) => hmac(before, part), `AWS4${SECRET}`)
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, hash].join('\n')
  return hmac(key, text).toString('hex') === signature
}

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
