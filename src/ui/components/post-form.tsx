import type { Child } from 'hono/jsx'
import type { Page } from '#ui/page.ts'

interface PostFormProps {
  page: Page
  action: string
  class?: string
  id?: string
  children: Child
}

/** A form that changes something. `novalidate` is left out: the browser's own checks come first, ours decide. */
export function PostForm({ page, action, children, ...rest }: PostFormProps) {
  return (
    <form method="post" action={action} class={rest.class} id={rest.id}>
      {page.csrf_token === null ? null : <input type="hidden" name="csrf_token" value={page.csrf_token} />}
      {children}
    </form>
  )
}
