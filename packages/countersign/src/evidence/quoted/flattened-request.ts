/**
 * Canonical requests and strings to sign whose line feeds a browser or a form has eaten, put back line by line.
 *
 * By grammar only: where two readings are possible, there is none.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */

/** Whether a text has the lines of a canonical request: method, URI, query, headers, "", signed headers, hash. */
export function isCanonicalRequest(text: string): boolean {
  const lines = text.split('\n')
  const last = lines.length - 1
  return (
    lines.length >= 6 &&
    METHOD.test(lines[0] ?? '') &&
    lines[last - 2] === '' &&
    SIGNED_HEADERS.test(lines[last - 1] ?? '') &&
    PAYLOAD.test(lines[last] ?? '')
  )
}

/** A canonical request with its lines put back; `undefined` where that can not be done in one way only. */
export function rebuiltCanonicalRequest(flat: string): string | undefined {
  const text = flat.replace(/\s+/g, ' ').trim()
  const tail = TAIL.exec(text.slice(-LONGEST_TAIL))
  const head = HEAD.exec(text)
  if (tail === null || head === null) return undefined
  const names = (tail[1] ?? '').split(';')
  const middle = text.slice(head[0].length, text.length - tail[0].length)
  const places: { readonly name: string; readonly at: number }[] = []
  let from = 0
  for (const name of names) {
    const at = ` ${middle} `.indexOf(` ${name}:`, from)
    if (at < 0) return undefined
    places.push({ name, at })
    from = at + name.length + 2
  }
  const query = middle.slice(0, places[0]?.at ?? 0).trim()
  if (query.includes(' ')) return undefined
  const headers = places.map(
    ({ name, at }, i) => `${name}:${middle.slice(at + name.length + 1, places[i + 1]?.at ?? middle.length).trim()}`,
  )
  // A name that stands once more inside a value could as well begin there.
  if (places.some(({ name, at }) => ` ${middle}`.indexOf(` ${name}:`, at + 1) >= 0)) return undefined
  return [head[1], head[2], query, ...headers, '', tail[1], tail[2]].join('\n')
}

/** A string to sign of version 4 with its four lines put back; `undefined` where the text is not one. */
export function rebuiltStringToSign(flat: string): string | undefined {
  const words = flat.trim().split(/\s+/)
  return words.length === 4 && ALGORITHM.test(words[0] ?? '') && SCOPE.test(words[2] ?? '') ? words.join('\n') : undefined
}

/** Whether a text has the four lines of a version 4 string to sign. */
export function isStringToSign(text: string): boolean {
  const lines = text.split('\n')
  return lines.length === 4 && ALGORITHM.test(lines[0] ?? '') && SCOPE.test(lines[2] ?? '')
}

const LONGEST_TAIL = 4096
const METHOD = /^[A-Za-z]{1,20}$/
const SIGNED_HEADERS = /^[^\s;:]{1,200}(?:;[^\s;:]{1,200}){0,200}$/
const PAYLOAD = /^(?:[0-9a-fA-F]{64}|UNSIGNED-PAYLOAD|STREAMING-[A-Z0-9-]{5,60})$/
const ALGORITHM = /^(?:AWS4|GOOG4|OSS4)-[A-Z0-9-]{5,40}$/
const SCOPE = /^\d{8}\/\S{1,200}$/
const HEAD = /^([A-Z]{1,20}) (\/\S{0,8192}) ?/
const TAIL = / ([a-z0-9_.-]{1,100}(?:;[a-z0-9_.-]{1,100}){0,100}) ([0-9a-f]{64}|UNSIGNED-PAYLOAD|STREAMING-[A-Z0-9-]{5,60})$/
