import { makeDataDirectory, removeDataDirectory } from '#bench/stage.ts'
import { setCrowdedStage } from './stage.ts'
import { compare, quantile } from './turns.ts'
import { loadavg } from 'node:os'
const dir = process.env.DIR || makeDataDirectory()
const words = process.argv.slice(2)
try {
  const stage = await setCrowdedStage(dir)
  console.log('load', loadavg())
  const rows = await compare(stage, 30, (n) => words.length === 0 || words.includes(n))
  for (const r of rows) {
    const ratio = (q: number) => (quantile(r.large, q) / quantile(r.small, q)).toFixed(2)
    console.log(r.name.padEnd(36), ratio(0.5), ratio(0.95), quantile(r.large, .5).toFixed(1), quantile(r.small, .5).toFixed(1), r.gzip.map((g) => g.toFixed(1)).join('/'), r.statements.join('/'))
  }
  await stage.close()
} catch (e) { console.error(e) } finally { if (!process.env.DIR) await removeDataDirectory(dir) }
process.exit(0)
