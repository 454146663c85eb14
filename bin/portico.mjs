#!/usr/bin/env node
// Starts the command with the Node that Portico brings, whatever Node runs this file.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const require = createRequire(import.meta.url)
const major = Number(process.versions.node.split('.')[0])
const node = major >= 26 ? process.execPath : join(dirname(require.resolve('node/package.json')), 'bin', 'node')
const { status } = spawnSync(node, ['--import', 'tsx', join(root, 'src/cli/portico.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exit(status ?? 1)
