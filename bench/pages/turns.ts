// The same pages of the large and the small customer in turns, so that whatever else the machine does hits both.
import { Agent, get, type IncomingMessage } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { CrowdedStage, Visitor } from './stage.ts'

export interface Compared {
  name: string
  /** Milliseconds. */
  large: number[]
  small: number[]
  /** HTML in KB of gzip, and statements; of the large one, then of the small one. */
  gzip: [number, number]
  statements: [number, number]
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 })
const WARM_UP = 5

export async function compare(stage: CrowdedStage, rounds: number, wanted: (name: string) => boolean) {
  const pages = namesOf(stage.large.places, wanted).map((name) => ({ name, kind: 'places' as const }))
  const files = namesOf(stage.large.downloads, wanted).map((name) => ({ name, kind: 'downloads' as const }))
  const compared: Compared[] = []
  for (const { name, kind } of [...pages, ...files]) {
    const visit = (who: 'large' | 'small') => ask(stage[who], stage[who][kind][name] ?? '', kind === 'downloads')
    compared.push({ name, ...(await takeTurns(stage, visit, rounds)) })
  }
  agent.destroy()
  return compared
}

const namesOf = (places: Visitor['places'], wanted: (name: string) => boolean) => Object.keys(places).filter(wanted)

async function takeTurns(stage: CrowdedStage, visit: (who: 'large' | 'small') => Promise<Answer>, rounds: number) {
  for (let visits = 0; visits < WARM_UP; visits += 1) for (const who of ['large', 'small'] as const) await visit(who)
  const measured = async (who: 'large' | 'small') => {
    stage.statements.length = 0
    const { body } = await visit(who)
    return { gzip: gzipSync(body).length / 1024, statements: stage.statements.length }
  }
  const seen = [await measured('large'), await measured('small')] as const
  const times = { large: [] as number[], small: [] as number[] }
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? (['large', 'small'] as const) : (['small', 'large'] as const)
    for (const who of order) times[who].push((await visit(who)).ms)
  }
  const both = <Key extends 'gzip' | 'statements'>(key: Key): [number, number] => [seen[0][key], seen[1][key]]
  return { ...times, gzip: both('gzip'), statements: both('statements') }
}

interface Answer {
  ms: number
  body: Buffer
}

async function ask({ cookie }: Visitor, url: string, firstByte: boolean): Promise<Answer> {
  const began = performance.now()
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent, headers: { cookie } }, resolve).once('error', reject)
  })
  if (answer.statusCode !== 200) throw new Error(`${url} answered ${answer.statusCode}`)
  const chunks: Buffer[] = []
  for await (const chunk of answer) {
    chunks.push(chunk)
    if (firstByte) break
  }
  return { ms: performance.now() - began, body: Buffer.concat(chunks) }
}

/** The one below which this part of them lies. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
}
