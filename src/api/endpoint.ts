// What an endpoint is: one operation of the API with its schemas and the verb it calls. serve.ts answers it, openapi.ts describes it.

import type { z } from '@hono/zod-openapi'
import type { BusinessCtx, Ctx } from '#src/context.ts'
import type { ErrorCode } from '#src/errors.ts'
import type { BodyLimits } from './read-json.ts'
import type { Upload } from './read-upload.ts'

export type Method = 'get' | 'post' | 'patch' | 'put' | 'delete'

type ParamsOf<Path> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | ParamsOf<Rest> : never
type OutputOf<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined

interface Spec<Path extends string, Query, Body, Answer> {
  method: Method
  /** '/customers/{customer_id}' */
  path: Path
  /** Unique, as the OpenAPI document names it: 'createCustomer'. */
  operation: string
  /** The chapter of the reference it stands in. */
  noun: string
  summary: string
  description?: string
  /** How it differs from the published API, beside fields that are refused: told in docs/api-compatibility.md. */
  differs?: string
  /** The mode in which it exists; both where it is not said. */
  mode?: 'test'
  query?: Query
  body?: Body
  /** For a body that is large and comes often: what the schema would make of it, or undefined where it would refuse it or might. */
  read?: (sent: unknown) => OutputOf<Body> | undefined
  /** How large the body may be, where that is not the usual. */
  limits?: BodyLimits
  /** The body is a file, which is read as it comes: as one part of a form, or by itself under the name in Content-Disposition. */
  receives?: 'file'
  /** A body that could be sent as it is. */
  example?: Body extends z.ZodType ? z.input<Body> : never
  /** The schema of the answer; a media type for a file; nothing for an empty answer. */
  answer?: Answer
  /** Of success; 200 where it is not said. */
  status?: 201 | 204
  /**
   * What may become of a request that changes something and is sent twice, beside being done once: `harmless`, what it names itself is done
   * once however often it comes, and it is not noted; `heard`, told that it is retried the verb finds what it did.
   */
  repeat?: 'harmless' | 'heard'
  /** Refusals of the verb, beside those any endpoint may give. */
  refusals?: ErrorCode[]
}

interface Input<Path extends string, Query, Body> {
  params: Record<ParamsOf<Path>, string>
  query: OutputOf<Query>
  body: OutputOf<Body>
  /** Of an endpoint that receives one. */
  upload: Upload
  /** The client says that it sent this very request before, and never heard the answer. */
  retried: boolean
}

type Result<Answer> = Answer extends z.ZodType ? z.output<Answer> : Answer extends string ? Response : undefined

export interface Endpoint
  extends Spec<string, z.ZodObject | undefined, z.ZodType | undefined, z.ZodType | string | undefined> {
  /** Asked without an API key: the license key in the body is the secret that says whose it is. */
  open?: true
  handle(
    ctx: BusinessCtx,
    input: { params: Record<string, string>; query: unknown; body: unknown; upload: Upload; retried: boolean },
  ): Promise<unknown>
}

export function endpoint<
  const Path extends string,
  Query extends z.ZodObject | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
  Answer extends z.ZodType | string | undefined = undefined,
>(
  spec: Spec<Path, Query, Body, Answer>,
  handle: (ctx: BusinessCtx, input: Input<Path, Query, Body>) => Promise<Result<Answer>>,
): Endpoint {
  return { ...(spec as Omit<Endpoint, 'handle'>), handle: handle as Endpoint['handle'] }
}

/** For whoever holds a license key: the ctx is of no business yet, and the verb finds whose the key is. */
export function openEndpoint<
  const Path extends string,
  Body extends z.ZodType<{ license_key: string }>,
  Answer extends z.ZodType | undefined = undefined,
>(
  spec: Spec<Path, undefined, Body, Answer>,
  handle: (ctx: Ctx, input: Input<Path, undefined, Body>) => Promise<Result<Answer>>,
): Endpoint {
  return { ...(spec as Omit<Endpoint, 'handle'>), open: true, handle: handle as unknown as Endpoint['handle'] }
}
