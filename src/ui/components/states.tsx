import type { Child } from 'hono/jsx'
import { ButtonLink } from './button.tsx'
import { Icon, type IconName } from './icon.tsx'

/** There is nothing yet, and that is fine. */
export function EmptyState(props: { icon?: IconName; title: string; children?: Child }) {
  return (
    <div class="empty">
      <Icon name={props.icon ?? 'inbox'} size={24} />
      <b>{props.title}</b>
      {props.children}
    </div>
  )
}

/** It could not be read. Never to be mistaken for an empty list. */
export function ErrorState(props: { title: string; text: string; retry: { href: string; label: string } }) {
  return (
    <div class="empty bad" role="alert">
      <Icon name="circle-alert" size={24} />
      <b>{props.title}</b>
      <p>{props.text}</p>
      <ButtonLink href={props.retry.href}>
        <Icon name="rotate-cw" />
        {props.retry.label}
      </ButtonLink>
    </div>
  )
}
