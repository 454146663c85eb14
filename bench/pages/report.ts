// The figures as tables that can be copied into docs/benchmarks.md.
import { budget } from '#test/support/page-weight.ts'
import type { Painted } from './paint.ts'
import { type Compared, quantile } from './turns.ts'
import type { WeighedPage } from './weights.ts'

const kilobytes = (bytes: number) => (bytes / 1024).toFixed(1)

export function reportWeights(pages: readonly WeighedPage[]): string {
  const most = (part: 'html' | 'css' | 'js') => Math.max(...pages.map((page) => page[part]))
  const faults = pages.flatMap(({ name, faults }) => faults.map((fault) => `${name}: ${fault}`))
  return table(
    ['KB of gzip', 'HTML', 'CSS', 'JavaScript'],
    [
      ['at most', ...(['html', 'css', 'js'] as const).map((part) => kilobytes(budget[part]))],
      [`**heaviest of ${pages.length}**`, ...(['html', 'css', 'js'] as const).map((part) => kilobytes(most(part)))],
      ...pages
        .toSorted((a, b) => b.html - a.html)
        .map(({ name, html, css, js }) => [name, kilobytes(html), kilobytes(css), kilobytes(js)]),
    ],
    faults.length === 0 ? 'No request to another host.' : faults.join('\n'),
  )
}

export function reportPainted(painted: readonly Painted[]): string {
  return table(
    ['largest paint, ms', 'of the copy’s', 'Portico', 'copy'],
    painted.map(({ name, portico, copy }) => {
      const [ours, theirs] = [quantile(portico, 0.5), quantile(copy, 0.5)]
      return [name, (ours / theirs).toFixed(2), ours.toFixed(0), theirs.toFixed(0)]
    }),
  )
}

export function reportCompared(compared: readonly Compared[]): string {
  return table(
    ['large to small', 'median', 'p95', 'median, ms', 'KB of gzip', 'statements'],
    compared.map(({ name, large, small, gzip, statements }) => {
      const at = (part: number) => [quantile(large, part), quantile(small, part)] as const
      const ratio = ([a, b]: readonly [number, number]) => (a / b).toFixed(2)
      const both = ([a, b]: readonly [number, number], digits: number) => `${a.toFixed(digits)}, ${b.toFixed(digits)}`
      return [name, ratio(at(0.5)), ratio(at(0.95)), both(at(0.5), 1), both(gzip, 1), both(statements, 0)]
    }),
  )
}

function table(head: string[], rows: string[][], after = ''): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  return ['', line(head), line(head.map(() => '---')), ...rows.map(line), after].join('\n')
}
