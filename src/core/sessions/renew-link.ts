// A used or expired link was opened: mail a new one to the address it was for, without naming it.
import { getCustomer } from '#core/customers/queries.ts'
import type { LinkView } from '#core/sessions/consume-link.ts'
import { requestSignIn } from '#core/sessions/request-sign-in.ts'

/** The flow cookie to set. */
export async function renewLink(view: LinkView, input: { locale: string; flow: string | undefined }): Promise<string> {
  const { email } = await getCustomer(view.ctx, view.customer_id)
  return requestSignIn(view.ctx, { email, return_path: view.return_path, ...input })
}
