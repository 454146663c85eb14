// The blocks of a letter as HTML. Names and other foreign text stand in bdi; addresses and codes run from left to right.

import type { Block, Fact } from '#email/letter.ts'
import type { MailLook } from '#email/look.ts'

interface Look {
  look: MailLook
}

export function Blocks({ blocks, look }: Look & { blocks: readonly Block[] }) {
  return (
    <>
      {blocks.map((block) => (
        <Part block={block} look={look} />
      ))}
    </>
  )
}

function Part({ block, look }: Look & { block: Block }) {
  switch (block.type) {
    case 'text':
      return <Text {...block} look={look} />
    case 'facts':
      return <Facts {...block} look={look} />
    case 'amounts':
      return <Amounts {...block} look={look} />
    case 'button':
      return <Button {...block} look={look} />
    case 'code':
      return <Code {...block} look={look} />
  }
}

function Text({ text, quiet, look }: Look & Extract<Block, { type: 'text' }>) {
  const { ink, soft } = look.light
  return (
    <p
      class={quiet ? 'soft' : 'ink'}
      style={`margin:0 0 16px;${quiet ? `font-size:13px;color:${soft}` : `color:${ink}`};overflow-wrap:anywhere`}
    >
      {text}
    </p>
  )
}

/** Label above value on no screen: two columns that wrap inside themselves, aligned by the reading direction. */
function Facts({ rows, look }: Look & { rows: readonly Fact[] }) {
  const { ink, soft, border } = look.light
  const cell = `padding:8px 0;border-top:1px solid ${border};vertical-align:top;text-align:start`
  return (
    <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border={0} style="margin:0 0 16px">
      {rows.map(({ label, value }) => (
        <tr>
          <td class="line soft" width="34%" style={`${cell};padding-inline-end:12px;color:${soft}`}>
            {label}
          </td>
          <td class="line ink" style={`${cell};color:${ink};overflow-wrap:anywhere`}>
            <bdi>{value}</bdi>
          </td>
        </tr>
      ))}
    </table>
  )
}

function Amounts({ rows, look }: Look & Extract<Block, { type: 'amounts' }>) {
  const { ink, soft, border } = look.light
  return (
    <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border={0} style="margin:0 0 16px">
      {rows.map(({ label, value, detail, total }) => {
        const cell = `padding:8px 0;border-top:1px solid ${border};vertical-align:top;color:${ink};${total ? 'font-weight:600;' : ''}`
        return (
          <tr>
            <td class="line ink" style={`${cell}text-align:start;padding-inline-end:12px;overflow-wrap:anywhere`}>
              <bdi>{label}</bdi>
              {detail === undefined ? null : (
                <div class="soft" style={`font-size:13px;font-weight:400;color:${soft}`}>
                  {detail}
                </div>
              )}
            </td>
            <td class="line ink" style={`${cell}text-align:end;white-space:nowrap`}>
              {value}
            </td>
          </tr>
        )
      })}
    </table>
  )
}

function Button({ label, href, look }: Look & Extract<Block, { type: 'button' }>) {
  const { button, button_text } = look.light
  return (
    <p style="margin:24px 0">
      <a
        class="button"
        href={href}
        style={`display:inline-block;background:${button};color:${button_text};text-decoration:none;font-weight:600;font-size:15px;padding:12px 20px;border-radius:${look.radius}`}
      >
        {label}
      </a>
    </p>
  )
}

function Code({ text, wide, look }: Look & Extract<Block, { type: 'code' }>) {
  const { ink, well } = look.light
  const size = wide
    ? 'font-size:24px;letter-spacing:6px'
    : 'font-size:14px;font-family:ui-monospace,Menlo,Consolas,monospace'
  return (
    <p
      class="well ink"
      dir="ltr"
      style={`margin:0 0 16px;padding:12px 16px;background:${well};border-radius:${look.radius};${size};font-weight:600;font-variant-numeric:tabular-nums;text-align:center;overflow-wrap:anywhere;color:${ink}`}
    >
      {text}
    </p>
  )
}
