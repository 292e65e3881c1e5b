/**
 * Writes docs/evidence/README.md from the list of readers: `npm run evidence-page`; with --check it only compares.
 * What a reader gives is what it says of its samples, so the page cannot promise more.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Observation } from '../../packages/countersign/src/case/observation.ts'
import type { EvidenceReader } from '../../packages/countersign/src/case/reader.ts'
import { READERS } from '../../packages/countersign/src/intake/read-evidence.ts'

const PATH = 'docs/evidence/README.md'
const TOLD: Readonly<Record<Observation['kind'], string>> = {
  request: 'request',
  'request-line': 'request line',
  response: 'status',
  error: 'error',
  stated: 'what the error states',
  'canonical-request': 'canonical request',
  'string-to-sign': 'string to sign',
  signature: 'signature',
  authorization: 'Authorization',
  'access-key-id': 'access key ID',
  client: 'client',
  clue: 'clues',
  unreadable: 'a note of what it does not show',
}

const page = `# Evidence that Countersign reads

Give any of it to \`npx countersign diagnose\`, in files or on standard input, several pieces together and in any order. A piece may hold
several formats; each reader takes its own. Written by \`npm run evidence-page\` from the readers and their samples.

| reader | reads | gives |
|---|---|---|
${READERS.map((reader) => `| \`${reader.id}\` | ${reader.reads.replaceAll('|', '\\|').replaceAll('<', '&lt;')} | ${given(reader)} |`).join('\n')}

## What each kind is worth
- **exact** text is byte for byte what was signed or sent; **normalized** text went through something that rewrites (a browser, a JSON log);
  **inferred** text was deduced. The report says where each comes from.
- A **request** can be verified. A **request line** is what a log shows of one: method, path, perhaps the host and the status. What a log does
  not show was not absent, so nothing is concluded from it; it lends a path or a host to the causes that ask for one.
- A request that **came** to a hop is never verified as if the service had seen it; the one that the hop **sent** is.
- **Clues** only order suspicions. Nothing is ever proven by a clue.

## Logs
- Of a log with many lines the refused requests count (status 400, 401 and 403, or an error code of authentication), up to 20 of them. A
  log in which nothing was refused says so.
- nginx at \`error_log ... debug\` shows the request as it came and, byte for byte, as it was sent to the upstream: the best evidence of a
  hop. It logs 2048 bytes of it; a longer request is cut there, and then is not used.
- Envoy at level debug and varnishlog show both sides of the hop too. Varnish cuts headers at 255 bytes unless \`vsl_reclen\` is larger; what
  may be cut is left out.
- Caddy at level debug shows the same, with header names respelled and Authorization hidden unless \`log_credentials\` is on.
- Ceph's object gateway at \`debug_rgw = 10\` shows the canonical request and the string to sign that the server calculated with: the best
  evidence of all, and at 20 the request as it came.
- S3 server access logs name the error code of a refused signature. They come hours late. **CloudTrail has no refused signatures**: a
  refusal that it does show came after the signature was found right.
- The time in a log of AWS is taken for the service's clock only where the log shows one refused request, with its own X-Amz-Date. The clock of
  one's own proxy is never taken for it.
`

if (!process.argv.includes('--check')) {
  writeFileSync(PATH, page)
  console.log(`${PATH}: ${READERS.length} readers`)
} else if (!existsSync(PATH) || readFileSync(PATH, 'utf8') !== page) {
  console.error(`${PATH} is not what the readers say; run: npm run evidence-page`)
  process.exitCode = 1
} else console.log(`evidence page: ${READERS.length} readers, 0 problems`)

function given({ samples, read }: EvidenceReader): string {
  const kinds = new Set(samples.flatMap((text) => read({ name: 'sample', text }).map(({ kind }) => kind)))
  return (Object.keys(TOLD) as Observation['kind'][])
    .filter((kind) => kinds.has(kind))
    .map((kind) => TOLD[kind])
    .join(', ')
}
