import { join } from 'node:path'
import { localStorage } from './local.ts'
import type { S3Settings } from './s3.ts'
import type { Storage } from './storage.ts'

interface StorageConfig {
  data_dir: string
  s3: S3Settings | undefined
}

/** In DATA_DIR/files unless an object store is set up. */
export function createStorage({ data_dir, s3 }: StorageConfig): Storage {
  return s3 === undefined ? localStorage(join(data_dir, 'files')) : onceNeeded(s3)
}

/** The SDK is loaded with the first file and not before. */
function onceNeeded(settings: S3Settings): Storage {
  let loaded: Promise<Storage> | undefined
  const store = () => {
    loaded ??= import('./s3.ts').then(({ s3Storage }) => s3Storage(settings))
    return loaded
  }
  return {
    put: async (...call) => (await store()).put(...call),
    open: async (...call) => (await store()).open(...call),
    remove: async (...call) => (await store()).remove(...call),
  }
}
