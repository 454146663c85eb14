import type { Child } from 'hono/jsx'
import { Icon, type IconName } from './icon.tsx'
import type { Tone } from './tag.tsx'

const icons = {
  ok: 'circle-check',
  bad: 'circle-alert',
  wait: 'triangle-alert',
  dim: 'info',
} as const satisfies Record<Tone, IconName>

/** Something the reader should know before the rest of the page. `children` say more, `action` is what to do about it. */
export function Banner(props: { tone: Tone; title: string; children?: Child; action?: Child }) {
  const { tone, title, children, action } = props
  return (
    <div class={`banner ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon name={icons[tone]} size={20} />
      <div class="grow">
        <p>
          <b>{title}</b>
        </p>
        {children}
      </div>
      {action}
    </div>
  )
}
