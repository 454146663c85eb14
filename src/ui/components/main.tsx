import type { Child } from 'hono/jsx'
import { Icon } from './icon.tsx'

/** The page above this one. */
export interface Back {
  href: string
  label: string
}

/** What a page is about, where the skip link leads; above it the way back. */
export function Main({ back, children }: { back: Back | undefined; children: Child }) {
  return (
    <main id="main" tabindex={-1}>
      {back ? (
        <a class="back" href={back.href} data-prefetch>
          <Icon name="arrow-left" flips />
          {back.label}
        </a>
      ) : null}
      {children}
    </main>
  )
}
