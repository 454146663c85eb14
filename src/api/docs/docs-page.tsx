import type { OpenApiDocument } from '#api/openapi.ts'
import type { Urls } from '#src/urls.ts'
import { FieldTable, fieldsOf, TypeName } from './fields.tsx'
import { OperationSection } from './operation-section.tsx'
import { exampleOf, type Operation, operationsByNoun, type Schema, type Schemas, schemasOf } from './read-document.ts'

export function DocsPage({ document, urls }: { document: OpenApiDocument; urls: Urls }) {
  const nouns = operationsByNoun(document)
  const schemas = schemasOf(document)
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>{document.info.title}</title>
        <link rel="stylesheet" href={`${urls.apiDocs()}/style.css`} />
      </head>
      <body>
        <a class="skip" href="#reference">
          Skip to the reference
        </a>
        <Contents nouns={nouns} schemas={schemas} title={document.info.title} />
        <main id="reference">
          <h1>{document.info.title}</h1>
          <Intro text={document.info.description ?? ''} />
          <p>
            Base address <code>{urls.api()}</code> · <a href={urls.openapi()}>OpenAPI document</a>
          </p>
          {[...nouns].map(([noun, operations]) => (
            <section id={anchorOf(noun)}>
              <h2>{noun}</h2>
              {operations.map((operation) => (
                <OperationSection operation={operation} schemas={schemas} server={urls.api()} />
              ))}
            </section>
          ))}
          <Objects schemas={schemas} />
        </main>
      </body>
    </html>
  )
}

function Contents({ nouns, schemas, title }: { nouns: Map<string, Operation[]>; schemas: Schemas; title: string }) {
  return (
    <nav aria-label={title}>
      {[...nouns].map(([noun, operations]) => (
        <details open>
          <summary>{noun}</summary>
          <ul>
            {operations.map(({ operationId, summary }) => (
              <li>
                <a href={`#${operationId}`}>{summary}</a>
              </li>
            ))}
          </ul>
        </details>
      ))}
      <details>
        <summary>Objects</summary>
        <ul>
          {Object.keys(schemas).map((name) => (
            <li>
              <a href={`#${name}`}>{name}</a>
            </li>
          ))}
        </ul>
      </details>
    </nav>
  )
}

function Objects({ schemas }: { schemas: Schemas }) {
  return (
    <section id="objects">
      <h2>Objects</h2>
      {Object.entries(schemas).map(([name, schema]) => (
        <article id={name}>
          <h3>{name}</h3>
          {schema.description ? <p>{schema.description}</p> : null}
          <ObjectBody schema={schema} schemas={schemas} />
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

function anchorOf(noun: string): string {
  return noun.toLowerCase().replaceAll(' ', '-')
}
