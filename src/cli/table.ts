/** Rows in two columns, indented; the first as wide as its widest. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(...rows.map(([label = '']) => label.length))
  return rows.map(([label = '', text = '']) => `  ${label.padEnd(width)}  ${text}`.trimEnd())
}
