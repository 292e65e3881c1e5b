/** Texts that grow by repetition: what readers look for, and the beginnings of it, without what would end it. */

/** A text that grows: what stands before, and what is repeated. */
export interface Hostile {
  readonly before: string
  readonly repeated: string
}

/** What is repeated. */
export const REPEATED: readonly string[] = [
  ...['\n', '\r\n', '\r', ' ', '\t', ' \n', '\u00e2\u0080\u00a8', '\u00c3\u00a9', '\u001b[', '\u001b[0m', '\u00ff'],
  ...['[', ']', '{', '}', '(', ')', '<', '>', '"', "'", '`', '""', "''", '\\', '\\\\', '\\"', '\\n', '\\u000a', '\\u2028'],
  ...['0', 'a', 'A', 'a,', ',', '.', 'a.', ';', ':', '=', '/', '//', '?', '&', '|', '*', '#', '-', '_', '$', '+', '@', '%', '%25'],
  ...['a&', 'a=', 'a: ', 'a=b&', '&amp;', '&lt;', '<a>', '<a ', '</a', '</a>', '<a></a>', '<!--', '<![CDATA['],
  ...['{"a":', '{"', '["', '[{', '{"a":1}\n', '{"message":', '{"message":"', 'a="', "b'", '{{', '${', '$('],
  ...[
    'a\n',
    'a\n\n',
    ' a\n',
    '> a\n',
    'a: b\n',
    'GET / HTTP/1.1\n',
    'HTTP/1.1 403 Forbidden\n',
    '2024-01-01T00:00:00Z ',
    'Authorization: ',
  ],
  ...['Signature=', 'Credential=', 'x-amz-', 'x-amz-date:', 'https://a.amazonaws.com/?a=', 'http://', 'SignatureDoesNotMatch\n'],
  ...[
    '<Error><Code>',
    '<Error><Code>a</Code></Error>',
    '<Error>',
    'It works. ',
    'It fails with a key. ',
    'curl -H ',
    'curl https://a \\\n',
  ],
  ...['a(', 'a.b(', 'if (', 'function(', 'hmac(', 'sha256(', 'key = ', '=> ', 'server {\n', 'location / {\n', 'proxy_pass http://a;\n'],
]

/** What makes readers look at the rest. */
export const OPENINGS: readonly string[] = [
  '',
  '{"message":"The request signature we calculated does not match the signature you provided. ',
  '<Error><Code>SignatureDoesNotMatch</Code>',
  '<Error><Code>SignatureDoesNotMatch</Code><Message>',
  'SignatureDoesNotMatch: ',
  'GET /a?',
]

/** The samples of a reader, whole, by half, by line and as the beginning of something else. */
export function hostileTo(samples: readonly string[]): readonly Hostile[] {
  const pieces = samples.flatMap((sample) => [
    sample,
    sample.slice(0, sample.length >> 1),
    sample.slice(0, 12),
    ...sample
      .split('\n')
      .filter((line) => line.trim() !== '')
      .slice(0, 6)
      .map((line) => `${line.slice(0, 400)}\n`),
  ])
  const begun = (samples[0] ?? '').slice(0, 1500)
  return [...pieces, ...REPEATED]
    .map((repeated) => ({ before: '', repeated }))
    .concat(REPEATED.map((repeated) => ({ before: begun, repeated })))
}

/** At least so many bytes of it. */
export function grownText({ before, repeated }: Hostile, bytes: number): string {
  return before + repeated.repeat(Math.ceil(bytes / repeated.length))
}
