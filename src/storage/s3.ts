// Files in an object store that speaks S3. Loaded only where one is set up: its SDK costs memory and time at the start.
import { Readable } from 'node:stream'
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { AppError } from '#src/errors.ts'
import { measured } from './measure.ts'
import { assertKey, type ByteRange, type Storage, type Written } from './storage.ts'

export interface S3Settings {
  bucket: string
  region: string
  /** Where it is not Amazon's own. */
  endpoint: string | undefined
  access_key_id: string
  secret_access_key: string
  /** The bucket stands in the path and not before the host, as most stores of one's own want it. */
  force_path_style: boolean
}

/** Parts of an upload: one is on its way while the next comes in. */
const PART_BYTES = 8 * 1024 ** 2

export function s3Storage(settings: S3Settings): Storage {
  const store = { client: clientOf(settings), Bucket: settings.bucket }
  return {
    put: (key, content, most) => put(store, assertKey(key), content, most),
    open: (key, range) => open(store, assertKey(key), range),
    remove: (key) => remove(store, assertKey(key)),
  }
}

interface Store {
  client: S3Client
  Bucket: string
}

/** As many as there are readers; fifty would be all, if nothing was said. */
const connections = { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY }

function clientOf({ endpoint, region, force_path_style, access_key_id, secret_access_key }: S3Settings): S3Client {
  return new S3Client({
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    forcePathStyle: force_path_style,
    credentials: { accessKeyId: access_key_id, secretAccessKey: secret_access_key },
    // Not every store knows the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // Who reads slowly has minutes for the next bytes, and keeps a connection all that time: others get more of them.
    requestHandler: {
      connectionTimeout: 5_000,
      socketTimeout: 300_000,
      httpAgent: connections,
      httpsAgent: connections,
    },
  })
}

async function put(
  { client, Bucket }: Store,
  Key: string,
  source: AsyncIterable<Uint8Array>,
  most: number,
): Promise<Written> {
  let broken: unknown
  const { content, written } = measured(source, most)
  async function* watched() {
    try {
      yield* content
    } catch (error) {
      broken = error
      throw error
    }
  }
  const Body = Readable.from(watched(), { objectMode: false })
  const upload = new Upload({ client, params: { Bucket, Key, Body }, partSize: PART_BYTES, queueSize: 1 })
  try {
    await upload.done()
  } catch (error) {
    throw broken ?? unavailable(error)
  } finally {
    Body.destroy()
  }
  return written()
}

async function open({ client, Bucket }: Store, Key: string, range: ByteRange | undefined) {
  const Range = range && `bytes=${range.start}-${range.end}`
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, Range }))
    return Body as Readable
  } catch (error) {
    if (error instanceof S3ServiceException && error.name === 'NoSuchKey') return undefined
    throw unavailable(error)
  }
}

async function remove({ client, Bucket }: Store, Key: string): Promise<void> {
  try {
    await client.send(new DeleteObjectCommand({ Bucket, Key }))
    await removeParts(client, Bucket, Key)
  } catch (error) {
    throw unavailable(error)
  }
}

/** Parts of an upload that was broken off lie there unseen, and are paid for. */
async function removeParts(client: S3Client, Bucket: string, Key: string): Promise<void> {
  try {
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: Key }))
    for (const { Key: key, UploadId } of Uploads) {
      if (key === Key) await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }))
    }
  } catch (error) {
    // Small stores do not know how to list them.
    if (!(error instanceof S3ServiceException && error.$metadata.httpStatusCode === 501)) throw error
  }
}

function unavailable(cause: unknown): AppError {
  return new AppError('SERVICE_UNAVAILABLE', {
    message: 'The file store does not answer; try again in a moment',
    cause,
  })
}
