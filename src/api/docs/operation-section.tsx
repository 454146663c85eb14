import { FieldTable, fieldsOf, TypeName } from './fields.tsx'
import { nameOf, type Operation, type Schema, type Schemas } from './read-document.ts'

interface Props {
  operation: Operation
  schemas: Schemas
  server: string
}

export function OperationSection({ operation, schemas, server }: Props) {
  const { operationId, method, path, summary, description, parameters, body } = operation
  return (
    <article id={operationId}>
      <h2>{summary}</h2>
      <p class="address">
        <span class={`method ${method.toLowerCase()}`}>{method}</span> <code>{path}</code>
      </p>
      {description ? <p>{description}</p> : null}
      {parameters.length > 0 ? (
        <>
          <h3>Parameters</h3>
          <FieldTable
            tells
            fields={parameters.map(({ name, required = false, schema = {}, description }) => ({
              name,
              required,
              schema,
              description: description ?? schema.description,
            }))}
          />
        </>
      ) : null}
      {body?.schema ? (
        <>
          <h3>Body</h3>
          <FieldTable tells fields={fieldsOf(resolved(body.schema, schemas))} />
        </>
      ) : null}
      <h3>Request</h3>
      <pre tabindex={0}>
        <code>{curlOf(operation, server)}</code>
      </pre>
      <Answer operation={operation} />
    </article>
  )
}

function Answer({ operation: { answer, done, refusals } }: { operation: Operation }) {
  return (
    <>
      <h3>Answers</h3>
      <dl class="answers">
        <dt>{done}</dt>
        <dd>
          {answer === undefined ? (
            'nothing'
          ) : answer.type === 'application/json' ? (
            <TypeName schema={answer.schema} />
          ) : (
            answer.type
          )}
        </dd>
        {refusals.map(({ status, codes }) => (
          <>
            <dt>{status}</dt>
            <dd>
              {codes.split(', ').map((code) => (
                <>
                  <code>{code}</code>{' '}
                </>
              ))}
            </dd>
          </>
        ))}
      </dl>
    </>
  )
}

function resolved(schema: Schema, schemas: Schemas): Schema {
  const name = nameOf(schema)
  return name === undefined ? schema : (schemas[name] ?? {})
}

function curlOf({ method, path, body }: Operation, server: string): string {
  const lines = [
    `curl ${method === 'GET' ? '' : `-X ${method} `}${server}${path}`,
    `-H "Authorization: Bearer $API_KEY"`,
  ]
  if (body?.example !== undefined) {
    lines.push(`-H "Content-Type: application/json"`, `-d '${JSON.stringify(body.example, null, 2)}'`)
  }
  return lines.join(' \\\n  ')
}
