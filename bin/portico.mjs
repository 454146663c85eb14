#!/usr/bin/env node
// Starts the command with the Node that Portico brings, whatever Node runs this file and wherever it is called.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const require = createRequire(import.meta.url)
const major = Number(process.versions.node.split('.')[0])
const node = major >= 26 ? process.execPath : join(dirname(require.resolve('node/package.json')), 'bin', 'node')
// The loader and its settings are ours, not those of the directory we are called in; DATA_DIR is told from there.
const loader = pathToFileURL(require.resolve('tsx')).href
const program = ['--import', loader, join(root, 'src/cli/portico.ts'), ...process.argv.slice(2)]
const env = { ...process.env, TSX_TSCONFIG_PATH: join(root, 'tsconfig.json') }
const { status, error } = spawnSync(node, program, { stdio: 'inherit', env })
if (error !== undefined) console.error(`Node could not be started (${error.message}); run npm ci in ${root}.`)
process.exit(status ?? 1)
