// One address, several customers of one business: which of them to be. Chosen after signing in, and again from the account menu.

import { isolate } from '#i18n/message.ts'
import type { Translator } from '#i18n/translator.ts'
import { Button } from '#ui/components/button.tsx'
import { PlainPage } from '#ui/components/plain-page.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import { DateText } from '#ui/components/text.tsx'
import type { BusinessPage } from '#ui/page.ts'

export interface Choice {
  customer_id: string
  name: string
  created_at: Temporal.Instant
  running: readonly string[]
  past: number
}

export interface ChoicePageProps {
  page: BusinessPage
  email: string
  action: string
  /** As whom the browser acts now. */
  current: string
  choices: readonly Choice[]
}

export function ChoicePage({ page, email, action, current, choices }: ChoicePageProps) {
  const { i18n, business } = page
  return (
    <PlainPage page={page} business={business} title={i18n.t('choice.title')}>
      <div class="head">
        <h1>{i18n.t('choice.title')}</h1>
        <p>{i18n.t('choice.intro', { email, business: business.name })}</p>
      </div>
      <ul class="list">
        {choices.map((choice) => (
          <li class="item">
            <div class="grow" id={`as-${choice.customer_id}`}>
              <b>
                <bdi>{choice.name}</bdi>
              </b>
              <p class="small soft">{holdings(i18n, choice)}</p>
              <p class="small soft">
                {i18n.t('choice.since')} <DateText i18n={i18n} when={choice.created_at} />
              </p>
            </div>
            <PostForm page={page} action={action}>
              <input type="hidden" name="customer_id" value={choice.customer_id} />
              <Button look={choice.customer_id === current ? 'primary' : 'plain'}>
                {i18n.t('choice.choose')}
                <span class="sr">: {choice.name}</span>
              </Button>
            </PostForm>
          </li>
        ))}
      </ul>
    </PlainPage>
  )
}

/** What somebody has, in words. */
export function holdings(i18n: Translator, { running, past }: Pick<Choice, 'running' | 'past'>): string {
  if (running.length > 0) return i18n.list([...new Set(running)].map((name) => isolate(name, i18n.dir)))
  return past > 0 ? i18n.t('choice.past', { count: past }) : i18n.t('choice.none')
}
