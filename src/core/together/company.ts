// Those who travel together: several runs of one verb, each for a row of its own, of one business. What they want to do in a transaction
// while another of theirs is under way is done in the next one, all of it; what they ask at the same time is one statement.
import { TravelsAlone } from '#core/together/together.ts'
import { type Company, type Ctx, inTransaction, type Many, workIn } from '#src/context.ts'

interface Traveller {
  ctx: Ctx
  work: (ctx: Ctx) => Promise<unknown>
  done: PromiseWithResolvers<unknown>
}

export function newCompany(): Company {
  const { ask } = newQuestions()
  const travel = gather((travellers: Traveller[]) => travelTogether(travellers))
  return {
    ask,
    inTransaction: <C extends Ctx, T>(ctx: C, work: (ctx: C) => Promise<T>) => {
      const done = Promise.withResolvers<unknown>()
      travel({ ctx, work: work as (ctx: Ctx) => Promise<unknown>, done })
      return done.promise as Promise<T>
    },
  }
}

/** In one transaction, each by its own claim. Whoever wants to be alone is; where one fails, nothing was done, and each tries alone. */
async function travelTogether(travellers: readonly Traveller[]): Promise<void> {
  const [first] = travellers
  if (first === undefined) return
  if (travellers.length === 1) return goAlone(first)
  let results: PromiseSettledResult<unknown>[]
  try {
    results = await first.ctx.db.transaction().execute(async (db) => {
      const company: Company = { ...newQuestions(), inTransaction: (ctx, work) => work(ctx) }
      // All of them, also after one failed: nobody may be left behind who still uses the transaction when it is over.
      const settled = await Promise.allSettled(travellers.map(({ ctx, work }) => workIn(db, ctx, work, company)))
      const failed = settled.find((one) => one.status === 'rejected' && !(one.reason instanceof TravelsAlone))
      if (failed?.status === 'rejected') throw failed.reason
      return settled
    })
  } catch (error) {
    first.ctx.log.warn({ err: error, count: travellers.length }, 'what was done together is done one by one')
    for (const one of travellers) void goAlone(one)
    return
  }
  for (const [at, { done, ...traveller }] of travellers.entries()) {
    const result = results[at]
    if (result?.status === 'fulfilled') done.resolve(result.value)
    else void goAlone({ done, ...traveller })
  }
}

async function goAlone({ ctx, work, done }: Traveller): Promise<void> {
  await inTransaction({ ...ctx, company: undefined }, work).then(done.resolve, done.reject)
}

interface Question {
  ctx: Ctx
  input: unknown
  answer: PromiseWithResolvers<unknown>
}

type AnyMany = Many<Ctx, unknown, unknown>

/** Collects what is asked until everybody waits, and asks it kind by kind. */
function newQuestions(): Pick<Company, 'ask'> {
  const put = gather(async (asked: [AnyMany, Question][]) => {
    const kinds = Map.groupBy(asked, ([many]) => many)
    for (const [many, questions] of kinds)
      await answer(
        many,
        questions.map(([, question]) => question),
      )
  })
  return {
    ask: <C extends Ctx, I, O>(ctx: C, many: Many<C, I, O>, input: I) => {
      const answer = Promise.withResolvers<unknown>()
      put([many as unknown as AnyMany, { ctx, input, answer }])
      return answer.promise as Promise<O>
    },
  }
}

async function answer(many: AnyMany, questions: readonly Question[]): Promise<void> {
  const [first] = questions
  if (first === undefined) return
  try {
    const answers = await many(
      first.ctx,
      questions.map(({ input }) => input),
    )
    for (const [at, { answer: its }] of questions.entries()) its.resolve(answers[at])
  } catch (error) {
    for (const { answer: its } of questions) its.reject(error)
  }
}

/** Hands on what came together: once all that could go on has gone on, and whoever was handed on before is done. */
function gather<T>(handle: (gathered: T[]) => Promise<void>): (one: T) => void {
  let waiting: T[] = []
  let busy = false
  const next = async () => {
    const gathered = waiting
    waiting = []
    await handle(gathered)
    busy = waiting.length > 0
    if (busy) setImmediate(next)
  }
  return (one) => {
    waiting.push(one)
    if (busy) return
    busy = true
    setImmediate(next)
  }
}
