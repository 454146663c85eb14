// How usage went over a stretch of time: bars drawn here, and the same numbers as a table for whoever cannot or does not want to see them.
import type { MessageKey, Translator, When } from '#i18n/translator.ts'
import { Icon } from './icon.tsx'

export interface UsageChartPoint {
  start: When
  end: When
  /** A decimal; null where nothing was reported. */
  units: string | null
}

export interface UsageChartProps {
  i18n: Translator
  /** What is measured. */
  name: string
  /** "calls" */
  unit: string
  step: 'hour' | 'day' | 'month'
  /** All of the stretch, oldest first, what is still to come as well. */
  points: readonly UsageChartPoint[]
}

const HEIGHT = 100
/** Of a bar, of the room it has. */
const BAR = 0.72
/** Something that was used is seen, however little it is. */
const LEAST = 1.5

export function UsageChart({ i18n, name, unit, step, points }: UsageChartProps) {
  const used = points.filter((point) => point.units !== null)
  const [first, last] = [points[0], points.at(-1)]
  if (used.length === 0 || first === undefined || last === undefined) return null
  const most = Math.max(...used.map(amountOf))
  const label = i18n.t('portal.chart.label', {
    name,
    period: i18n.period(first.start, last.end),
    most: i18n.decimal(String(most)),
    unit,
  })
  return (
    <figure class="chart">
      <p class="small soft num">{i18n.t('portal.usage.units', { units: i18n.decimal(String(most)), unit })}</p>
      <svg viewBox={`0 0 ${points.length} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
        {points.map((point, at) => (
          <Bar point={point} at={at} most={most} title={`${stepName(i18n, step, point)}: ${unitsOf(i18n, point)}`} />
        ))}
      </svg>
      <div class="row small soft">
        <span>{stepName(i18n, step, first)}</span>
        <span>{stepName(i18n, step, last)}</span>
      </div>
      <details class="fold">
        <summary class="small">
          <Icon name="chevron-right" flips />
          {i18n.t('portal.chart.table')}
          <span class="sr">: {name}</span>
        </summary>
        <Numbers {...{ i18n, name, unit, step, points: used }} />
      </details>
    </figure>
  )
}

function Bar(props: { point: UsageChartPoint; at: number; most: number; title: string }) {
  const amount = Math.max(0, amountOf(props.point))
  if (amount === 0) return null
  const height = Math.max(LEAST, (amount / props.most) * HEIGHT)
  return (
    <rect x={round(props.at + (1 - BAR) / 2)} y={round(HEIGHT - height)} width={BAR} height={round(height)}>
      <title>{props.title}</title>
    </rect>
  )
}

function Numbers({ i18n, unit, step, points }: UsageChartProps) {
  return (
    <div class="list">
      <table>
        <thead>
          <tr>
            <th scope="col">{i18n.t(`portal.chart.${step}` satisfies MessageKey)}</th>
            <th scope="col" class="end">
              {i18n.t('portal.chart.used', { unit })}
            </th>
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr>
              <th scope="row">{stepName(i18n, step, point)}</th>
              <td class="end num">{unitsOf(i18n, point)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** "Jan 31, 2026", or the hour, or the days of the month. */
function stepName(i18n: Translator, step: UsageChartProps['step'], { start, end }: UsageChartPoint): string {
  if (step === 'day') return i18n.shortDate(start)
  return step === 'hour' ? i18n.dateTime(start) : i18n.period(start, end)
}

const amountOf = ({ units }: UsageChartPoint) => Number(units ?? 0)
const unitsOf = (i18n: Translator, { units }: UsageChartPoint) => i18n.decimal(units ?? '0')
const round = (value: number) => Math.round(value * 100) / 100
