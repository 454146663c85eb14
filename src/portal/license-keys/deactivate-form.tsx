// A device gives its place up, or all of them do. The same form in a dialog and on a page of its own.
import type { Child } from 'hono/jsx'
import { type PortalPage, Shell } from '#portal/shell.tsx'
import { Button, ButtonLink } from '#ui/components/button.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import type { LicenseKey } from './license-key-item.tsx'

export interface DeactivationProps {
  page: PortalPage
  license_key: Pick<LicenseKey, 'license_key_id' | 'product_name' | 'instances_count'>
  /** Null: all of them. */
  device: { license_key_instance_id: string; name: string } | null
}

export function DeactivateDialog(props: DeactivationProps) {
  const { page, device } = props
  const id = device?.license_key_instance_id ?? 'all'
  const title = `${id}-title`
  return (
    <dialog id={id} aria-labelledby={title} closedby="any">
      <div class="head">
        <h2 id={title}>{titleOf(props)}</h2>
        <DeactivateForm
          {...props}
          keep={
            <button type="submit" class="btn" formmethod="dialog" formnovalidate>
              {page.i18n.t('portal.devices.keep')}
            </button>
          }
        />
      </div>
    </dialog>
  )
}

export function DeactivatePage(props: DeactivationProps) {
  const { page, license_key } = props
  const { i18n, urls, business } = page
  const back = urls.portal.licenseKey(business.business_id, license_key.license_key_id)
  const title = titleOf(props)
  return (
    <Shell page={page} section="license_keys" title={title} back={{ href: back, label: license_key.product_name }}>
      <div class="measure">
        <div class="head">
          <h1>{title}</h1>
        </div>
        <DeactivateForm {...props} keep={<ButtonLink href={back}>{i18n.t('portal.devices.keep')}</ButtonLink>} />
      </div>
    </Shell>
  )
}

function titleOf({ page: { i18n }, license_key, device }: DeactivationProps): string {
  return device === null
    ? i18n.t('portal.devices.confirm_all', { count: license_key.instances_count })
    : i18n.t('portal.devices.confirm', { device: device.name })
}

function DeactivateForm({ page, license_key, device, keep }: DeactivationProps & { keep: Child }) {
  const { i18n, urls, business } = page
  const { license_key_id, product_name: product } = license_key
  const action =
    device === null
      ? urls.portal.devicesDeactivation(business.business_id, license_key_id)
      : urls.portal.deviceDeactivation(business.business_id, license_key_id, device.license_key_instance_id)
  return (
    <PostForm page={page} action={action}>
      <p>{i18n.t(device === null ? 'portal.devices.effect_all' : 'portal.devices.effect', { product })}</p>
      <div class="actions">
        {keep}
        <Button look="danger">
          {i18n.t(device === null ? 'portal.devices.deactivate_all' : 'portal.devices.deactivate')}
        </Button>
      </div>
    </PostForm>
  )
}
