import type { Child } from 'hono/jsx'

export type ButtonLook = 'primary' | 'danger' | 'quiet' | 'plain'

interface Look {
  look?: ButtonLook
  wide?: boolean
  small?: boolean
  children: Child
}

interface ButtonProps extends Look {
  /** Said in place of what it shows, where that alone would not say what it does. */
  label?: string
  name?: string
  value?: string
}

/** Submits its form, with its name and value. */
export function Button({ name, value, label, children, ...look }: ButtonProps) {
  return (
    <button type="submit" class={classOf(look)} name={name} value={value} aria-label={label}>
      {children}
    </button>
  )
}

interface LinkProps extends Look {
  href: string
  /** Id of a dialog of this page that shows the same. */
  dialog?: string
  /** Fetched ahead where it is likely to be followed. */
  prefetch?: boolean
}

/** Goes somewhere. */
export function ButtonLink({ href, dialog, prefetch, children, ...look }: LinkProps) {
  return (
    <a href={href} class={classOf(look)} data-dialog={dialog} data-prefetch={prefetch}>
      {children}
    </a>
  )
}

function classOf({ look = 'plain', wide, small }: Omit<Look, 'children'>): string {
  return ['btn', look === 'plain' ? '' : look, wide ? 'wide' : '', small ? 'small' : ''].filter(Boolean).join(' ')
}
