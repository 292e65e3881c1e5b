/**
 * The names in a Content-Disposition of a form's part: `form-data; name="file"; filename="C:\a.txt"`.
 *
 * Browsers write a quotation mark as %22 or as \", and a backslash as itself: so \ means nothing before any other character.
 */
export function fieldNames(value: string): { readonly name: string | undefined; readonly fileName: string | undefined } {
  const names = new Map<string, string>()
  let at = value.indexOf(';')
  if (!/^form-data\s*$/i.test(at < 0 ? value : value.slice(0, at))) return { name: undefined, fileName: undefined }
  while (at >= 0 && at < value.length) {
    const equals = value.indexOf('=', at)
    if (equals < 0) break
    const name = value
      .slice(at + 1, equals)
      .trim()
      .toLowerCase()
    const quoted = value[equals + 1] === '"'
    const end = quoted ? closingQuote(value, equals + 2) : value.indexOf(';', equals)
    if (quoted && end < 0) return { name: undefined, fileName: undefined }
    const text = quoted ? value.slice(equals + 2, end).replaceAll('\\"', '"') : value.slice(equals + 1, end < 0 ? undefined : end).trim()
    if (!names.has(name)) names.set(name, text)
    at = quoted ? value.indexOf(';', end) : end
  }
  return { name: names.get('name'), fileName: names.get('filename') }
}

/** The next quotation mark that no backslash stands before. */
function closingQuote(value: string, from: number): number {
  let at = value.indexOf('"', from)
  while (at > from && value[at - 1] === '\\') at = value.indexOf('"', at + 1)
  return at
}
