// Choosing what to buy: each press is a form of its own, so that what is paid is always what the page shows.
import type { Choices } from '#core/checkout/choices.ts'
import type { Translator } from '#i18n/translator.ts'
import { Button } from '#ui/components/button.tsx'
import { Icon } from '#ui/components/icon.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import { Tag } from '#ui/components/tag.tsx'
import { Money } from '#ui/components/text.tsx'
import type { CheckoutPageProps } from './checkout-page.tsx'

export function CartForms(props: CheckoutPageProps) {
  const { products, addons } = props.view.choices
  if (products.length === 0 && addons.length === 0) return null
  return (
    <div class="choosing">
      {groupsOf(products).map(({ name, offers }) => (
        <>
          {name === null ? null : (
            <h3>
              <bdi>{name}</bdi>
            </h3>
          )}
          <ul class="offers">
            {offers.map((offer) => (
              <Product {...props} offer={offer} />
            ))}
          </ul>
        </>
      ))}
      {addons.length > 0 ? <h3>{props.page.i18n.t('checkout.addons')}</h3> : null}
      {addons.length > 0 ? (
        <ul class="offers">
          {addons.map((one) => (
            <AddOn {...props} one={one} />
          ))}
        </ul>
      ) : null}
    </div>
  )
}

type Offer = Choices['products'][number]

function groupsOf(products: readonly Offer[]) {
  return [...Map.groupBy(products, ({ group_name }) => group_name)].map(([name, offers]) => ({ name, offers }))
}

function Product({ page, view, offer }: CheckoutPageProps & { offer: Offer }) {
  const { i18n, urls } = page
  const { product, chosen } = offer
  return (
    <li aria-current={chosen ? 'true' : undefined}>
      <span class="grow">
        <b>
          <bdi>{product.name}</bdi>
        </b>
        <span class="note">{priceOf(i18n, product, offer.unit_price)}</span>
      </span>
      {chosen ? (
        <Tag tone="ok">{i18n.t('checkout.chosen')}</Tag>
      ) : (
        <PostForm page={page} action={urls.checkoutCart(view.checkout.checkout_id)}>
          <input type="hidden" name="product_id" value={product.product_id} />
          <Button small label={i18n.t('checkout.choose_product', { product: product.name })}>
            {i18n.t('checkout.choose_one')}
          </Button>
        </PostForm>
      )}
    </li>
  )
}

/** Of a unit, as often as the product is paid. */
function priceOf(i18n: Translator, product: Offer['product'], amount: number) {
  const { currency, payment_frequency_count: count, payment_frequency_interval: unit } = product
  if (count === null || unit === null) return <Money i18n={i18n} amount={amount} currency={currency} />
  return i18n.price(amount, currency, count, unit)
}

function AddOn({
  page,
  view,
  one: { addon, quantity, product },
}: CheckoutPageProps & { one: Choices['addons'][number] }) {
  const { i18n, urls } = page
  const step = (by: 1 | -1) => (
    <PostForm page={page} action={urls.checkoutCart(view.checkout.checkout_id)}>
      <input type="hidden" name="addon_id" value={addon.addon_id} />
      <input type="hidden" name="quantity" value={String(quantity + by)} />
      <Button small label={i18n.t(by > 0 ? 'checkout.addon_more' : 'checkout.addon_less', { addon: addon.name })}>
        <Icon name={by > 0 ? 'plus' : 'minus'} />
      </Button>
    </PostForm>
  )
  return (
    <li>
      <span class="grow">
        <b>
          <bdi>{addon.name}</bdi>
        </b>
        <span class="note">{priceOf(i18n, product, addon.price)}</span>
      </span>
      <span class="stepper">
        {quantity > 0 ? step(-1) : null}
        <span class="count">{i18n.number(quantity)}</span>
        {step(1)}
      </span>
    </li>
  )
}
