// The hosted form. Without JavaScript: both ways to pay are in it, and the stylesheet hides the one that is not chosen.
import { formatAmount } from './amount.ts'
import { Layout, Mark } from './layout.tsx'
import type { Offer } from './offer.ts'
import type { FormErrors, TypedAgain } from './parse-payment-form.ts'
import type { IntentRow, PageRow } from './tables.ts'
import { testCards, testUpiIds } from './test-cards.ts'

interface PaymentPageProps {
  page: PageRow
  intent: IntentRow
  offer: Offer
  action: string
  typed: TypedAgain
  errors: FormErrors
}

export function PaymentPage({ page, intent, offer, action, typed, errors }: PaymentPageProps) {
  const { upi } = offer
  const cards = offer.funding.length > 0
  const pays = intent.kind === 'payment_page' && intent.amount > 0
  const amount = formatAmount(intent.amount, intent.currency)
  const wrong = Object.keys(errors).length > 0
  const title = pays ? `Pay ${page.business_name}` : `Save a payment method for ${page.business_name}`
  return (
    <Layout title={wrong ? `Error: ${title}` : title}>
      <Mark name={page.business_name} />
      <header>
        <h1>{pays ? page.business_name : 'Save a payment method'}</h1>
        {pays && <p class="amount">{amount}</p>}
        <p class="soft">{pays ? intent.description : `For ${page.business_name}. Nothing is charged now.`}</p>
        {intent.statement_descriptor !== null && (
          <p class="small soft">On your statement: {intent.statement_descriptor}</p>
        )}
      </header>
      {wrong && <Notice text="Some of it needs another look. Number and CVC are asked again for safety." />}
      {!wrong && intent.decline_code !== null && <Notice text={reasonOf(intent.decline_code)} />}
      <form method="post" action={action} novalidate>
        {cards && upi && <Choice chosen={typed.pay_with} />}
        {cards && <CardFields offer={offer} typed={typed} errors={errors} />}
        {upi && <UpiFields typed={typed} errors={errors} />}
        <button class="button" type="submit">
          {pays ? `Pay ${amount}` : 'Save'}
        </button>
      </form>
      <footer>
        <a href={page.return_url}>Back to {page.business_name}</a>
        <TestMethods {...offer} />
      </footer>
    </Layout>
  )
}

function Notice({ text }: { text: string }) {
  return (
    <p class="notice" role="alert">
      {text}
    </p>
  )
}

function Choice({ chosen }: { chosen: TypedAgain['pay_with'] }) {
  return (
    <fieldset class="choice">
      <legend>Pay with</legend>
      <label>
        <input type="radio" name="pay_with" value="card" checked={chosen === 'card'} /> Card
      </label>
      <label>
        <input type="radio" name="pay_with" value="upi" checked={chosen === 'upi'} /> UPI
      </label>
    </fieldset>
  )
}

function CardFields({ offer, typed, errors }: { offer: Offer; typed: TypedAgain; errors: FormErrors }) {
  const [only] = offer.funding.length === 1 ? offer.funding : []
  return (
    <div class="fields card-fields">
      {only !== undefined && (
        <p class="small soft">
          {only === 'credit' ? 'Only credit cards are taken here.' : 'Only debit cards are taken here.'}
        </p>
      )}
      <Field
        name="number"
        label="Card number"
        inputmode="numeric"
        autocomplete="off"
        placeholder={only === 'debit' ? '5555 5555 5555 4444' : '4242 4242 4242 4242'}
        errors={errors}
      />
      <div class="pair">
        <Field
          name="expiry"
          label="Expiry"
          inputmode="text"
          autocomplete="off"
          placeholder="MM/YY"
          value={typed.expiry}
          errors={errors}
        />
        <Field name="cvc" label="CVC" inputmode="numeric" autocomplete="off" placeholder="123" errors={errors} />
      </div>
      <Field
        name="name"
        label="Name on card"
        inputmode="text"
        autocomplete="cc-name"
        value={typed.name}
        errors={errors}
      />
    </div>
  )
}

function UpiFields({ typed, errors }: { typed: TypedAgain; errors: FormErrors }) {
  return (
    <div class="fields upi-fields">
      <Field
        name="upi_id"
        label="UPI id"
        inputmode="email"
        autocomplete="off"
        placeholder="success@upi"
        value={typed.upi_id}
        errors={errors}
      />
    </div>
  )
}

interface FieldProps {
  name: keyof FormErrors
  label: string
  inputmode: 'text' | 'numeric' | 'email'
  autocomplete: string
  placeholder?: string
  value?: string
  errors: FormErrors
}

function Field({ name, label, errors, value = '', ...attributes }: FieldProps) {
  const error = errors[name]
  const described = error === undefined ? {} : { 'aria-invalid': 'true' as const, 'aria-describedby': `${name}-error` }
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        type="text"
        value={value}
        required
        spellcheck={false}
        {...attributes}
        {...described}
      />
      {error !== undefined && (
        <p class="error" id={`${name}-error`}>
          {error}
        </p>
      )}
    </div>
  )
}

function TestMethods({ funding, upi }: Offer) {
  const cards = testCards.filter((card) => funding.includes(card.funding))
  return (
    <details>
      <summary>Test mode: no real money moves</summary>
      <p class="small">
        {cards.length > 0 ? 'Any future expiry and any CVC. Only these cards work:' : 'Only these UPI ids work:'}
      </p>
      <dl>
        {cards.map(({ number, says }) => (
          <div>
            <dt>{number.replace(/(.{4})(?=.)/g, '$1 ')}</dt>
            <dd>{says}</dd>
          </div>
        ))}
        {upi &&
          testUpiIds.map(({ upi_id, says }) => (
            <div>
              <dt>{upi_id}</dt>
              <dd>{says}</dd>
            </div>
          ))}
      </dl>
    </details>
  )
}

/** For the person at the page; what a bank says of a stolen card is not for them. */
function reasonOf(decline_code: string): string {
  switch (decline_code) {
    case 'INSUFFICIENT_FUNDS':
      return 'Your card has insufficient funds. Nothing was charged. Try another card.'
    case 'EXPIRED_CARD':
      return 'Your card has expired. Nothing was charged. Try another card.'
    case 'AUTHENTICATION_FAILURE':
      return 'The check by your bank was refused. Nothing was charged. Try again or use another card.'
    case 'AUTHENTICATION_TIMEOUT':
      return 'The check by your bank was not finished. Nothing was charged. Try again or use another card.'
    default:
      return 'Your payment was declined. Nothing was charged. Try another card.'
  }
}
