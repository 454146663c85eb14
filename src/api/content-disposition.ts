/** The filename of a Content-Disposition header (RFC 6266), the encoded one first; undefined where it names none. */
export function filenameOf(header: string | null): string | undefined {
  if (header === null) return undefined
  const encoded = /;\s*filename\*\s*=\s*utf-8'[^']*'([^\s;]+)/i.exec(header)?.[1]
  if (encoded !== undefined) return decoded(encoded)
  const [, quoted, bare] = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/i.exec(header) ?? []
  return quoted === undefined ? bare : quoted.replaceAll(/\\(.)/g, '$1')
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
