/**
 * The string to sign of Version 2, in parts: that of S3 and its like, and that of the query services.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html "ConstructingTheAuthenticationHeader"
 * @see https://docs.aws.amazon.com/AmazonSimpleDB/latest/DeveloperGuide/HMACAuth.html
 */

/** Of S3: method, Content-MD5, Content-Type, Date or Expires, the x-amz- headers, the resource. */
export const S3_PARTS = ['method', 'content-md5', 'content-type', 'date', 'headers', 'resource'] as const
/** Of a query service: method, host, path, the sorted parameters. */
export const QUERY_PARTS = ['method', 'host', 'path', 'query'] as const
export type Version2Part = (typeof S3_PARTS)[number] | (typeof QUERY_PARTS)[number]

export type Version2Parts =
  | { readonly form: 's3'; readonly parts: Readonly<Record<(typeof S3_PARTS)[number], string>> }
  | { readonly form: 'query'; readonly parts: Readonly<Record<(typeof QUERY_PARTS)[number], string>> }

/** The text that is signed. "headers" holds a line for each header, each with its line feed. */
export function version2Text({ form, parts }: Version2Parts): string {
  if (form === 'query') return QUERY_PARTS.map((part) => parts[part]).join('\n')
  const head = [parts.method, parts['content-md5'], parts['content-type'], parts.date].join('\n')
  return `${head}\n${parts.headers}${parts.resource}`
}

/** A string to sign of Version 2, taken apart; `undefined` where it does not begin with a method or has too few lines. */
export function parseVersion2Text(text: string): Version2Parts | undefined {
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  while (lines.length > 1 && lines.at(-1) === '') lines.pop()
  const [method, second, third, fourth] = lines
  if (method === undefined || !/^(?:GET|PUT|POST|HEAD|DELETE)$/.test(method) || fourth === undefined) return undefined
  if (lines.length === 4 && /^[\w.-]+(?::\d+)?$/.test(second!) && second!.includes('.') && /^(?:\/|$)/.test(third!))
    return { form: 'query', parts: { method, host: second!, path: third!, query: fourth } }
  const at = lines.findIndex((line, i) => i > 3 && line.startsWith('/'))
  if (at < 0 || lines.slice(4, at).some((line) => !/^[\w-]+:/.test(line))) return undefined
  return {
    form: 's3',
    parts: {
      method,
      'content-md5': second!,
      'content-type': third!,
      date: fourth,
      headers: lines
        .slice(4, at)
        .map((line) => `${line}\n`)
        .join(''),
      resource: lines.slice(at).join('\n'),
    },
  }
}
