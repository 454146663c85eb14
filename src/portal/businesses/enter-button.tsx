import type { Child } from 'hono/jsx'
import { Button } from '#ui/components/button.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import type { Page } from '#ui/page.ts'

interface EnterButtonProps {
  page: Page
  action: string
  /** Which customer of the address to be there. */
  customer_id: string
  /** Path inside that portal; its overview otherwise. */
  to?: string
  children: Child
}

/** Leads into one business's portal: the session is given the customer first, so it is a form and not a link. */
export function EnterButton({ page, action, customer_id, to, children }: EnterButtonProps) {
  return (
    <PostForm page={page} action={action}>
      <input type="hidden" name="customer_id" value={customer_id} />
      {to === undefined ? null : <input type="hidden" name="to" value={to} />}
      <Button>{children}</Button>
    </PostForm>
  )
}
