import type { Child } from 'hono/jsx'
import type { OpenApiDocument } from '#api/openapi.ts'
import type { Urls } from '#src/urls.ts'
import { FieldTable, fieldsOf, TypeName } from './fields.tsx'
import { OperationSection } from './operation-section.tsx'
import { exampleOf, namedIn, operationsByNoun, type Schema, type Schemas, schemasOf } from './read-document.ts'

interface Props {
  document: OpenApiDocument
  urls: Urls
}

/** Every operation by its name, and the objects: where one begins to read. */
export function ContentsPage({ document, urls }: Props) {
  const nouns = operationsByNoun(document)
  return (
    <Frame document={document} urls={urls} nouns={[...nouns.keys()]} title={document.info.title}>
      <h1>{document.info.title}</h1>
      <Intro text={document.info.description ?? ''} />
      <p>
        Base address <code>{urls.api()}</code> · <a href={urls.openapi()}>OpenAPI document</a>
      </p>
      {[...nouns].map(([noun, operations]) => (
        <section>
          <h2>
            <a href={nounUrl(urls, noun)}>{noun}</a>
          </h2>
          <ul class="operations">
            {operations.map(({ operationId, summary, method, path }) => (
              <li>
                <a href={`${nounUrl(urls, noun)}#${operationId}`}>{summary}</a>{' '}
                <code>
                  {method} {path}
                </code>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Frame>
  )
}

/** The operations of one noun, and every object they speak of. Undefined where there is no such noun. */
export function nounPage({ document, urls }: Props, anchor: string) {
  const nouns = operationsByNoun(document)
  const found = [...nouns].find(([noun]) => anchorOf(noun) === anchor)
  if (found === undefined) return undefined
  const [noun, operations] = found
  const schemas = schemasOf(document)
  return (
    <Frame document={document} urls={urls} nouns={[...nouns.keys()]} here={noun} title={noun}>
      <h1>{noun}</h1>
      {operations.map((operation) => (
        <OperationSection operation={operation} schemas={schemas} server={urls.api()} />
      ))}
      <Objects names={namedIn(operations, schemas)} schemas={schemas} />
    </Frame>
  )
}

interface FrameProps extends Props {
  nouns: string[]
  here?: string
  title: string
  children: Child
}

function Frame({ document, urls, nouns, here, title, children }: FrameProps) {
  const whole = document.info.title
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>{title === whole ? whole : `${title} · ${whole}`}</title>
        <link rel="stylesheet" href={`${urls.apiDocs()}/style.css`} />
      </head>
      <body>
        <a class="skip" href="#reference">
          Skip to the reference
        </a>
        <nav aria-label={whole}>
          <p>
            <a href={urls.apiDocs()} aria-current={here === undefined ? 'page' : undefined}>
              {whole}
            </a>
          </p>
          <ul>
            {nouns.map((noun) => (
              <li>
                <a href={nounUrl(urls, noun)} aria-current={here === noun ? 'page' : undefined}>
                  {noun}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <main id="reference">{children}</main>
      </body>
    </html>
  )
}

function Objects({ names, schemas }: { names: string[]; schemas: Schemas }) {
  if (names.length === 0) return null
  return (
    <section id="objects">
      <h2>Objects</h2>
      {names.map((name) => (
        <article id={name}>
          <h3>{name}</h3>
          {schemas[name]?.description ? <p>{schemas[name].description}</p> : null}
          <ObjectBody schema={schemas[name] ?? {}} schemas={schemas} />
        </article>
      ))}
    </section>
  )
}

function ObjectBody({ schema, schemas }: { schema: Schema; schemas: Schemas }) {
  if (schema.properties === undefined) {
    return (
      <p class="type">
        <TypeName schema={schema} />
      </p>
    )
  }
  return (
    <>
      <FieldTable tells={false} fields={fieldsOf(schema)} />
      <details>
        <summary>Example</summary>
        <pre tabindex={0}>
          <code>{JSON.stringify(exampleOf(schema, schemas), null, 2)}</code>
        </pre>
      </details>
    </>
  )
}

function Intro({ text }: { text: string }) {
  return (
    <>
      {text.split('\n\n').map((paragraph) => (
        <p>{paragraph.split('`').map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part))}</p>
      ))}
    </>
  )
}

const nounUrl = (urls: Urls, noun: string) => `${urls.apiDocs()}/${anchorOf(noun)}`

function anchorOf(noun: string): string {
  return noun.toLowerCase().replaceAll(' ', '-')
}
