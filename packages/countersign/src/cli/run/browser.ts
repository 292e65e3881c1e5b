/** A page on this machine that does one presigned upload from a real browser, and what the browser sent. */
import { randomBytes } from 'node:crypto'
import { once as emitted } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { authorizationOf, presign, splitTarget, uriEncode, utf8ByteString } from '../../sigv4/index.js'
import { CliError } from '../cli-error.js'
import { WHERE_SECRETS_GO } from '../secrets.js'
import { type Io, say } from '../terminal-rules.js'
import { startChild } from './child.js'
import type { Means } from './means.js'
import { CLOSING_MILLISECONDS, DIAGNOSING_MILLISECONDS, opening } from './once.js'
import type { ReportedRun } from './run-report.js'
import type { SeenRequests } from './seen-requests.js'
import { uploadPage } from './upload-page.js'

export interface BrowserRules {
  /** The browser's command; the page's address is added to it. None: the user opens the page. */
  readonly words: readonly string[]
  readonly stdout: 'inherit' | 'stderr'
  readonly region: string
  readonly bucket: string
  readonly key: string
}

/** What the page could see of the answer. */
interface PageSaw {
  readonly status?: number
  readonly error?: string
}

export async function browserUpload(
  rules: BrowserRules,
  means: Means,
  io: Io,
): Promise<{ readonly run: ReportedRun; readonly notes: readonly string[] }> {
  if (means.byProxy) throw new CliError('--browser needs an endpoint that a page can name: --upstream URL, AWS_ENDPOINT_URL or --offline')
  const signer = means.signer()
  if (signer === undefined) throw new CliError(`--browser signs a URL: ${WHERE_SECRETS_GO}`)
  const { collector, opened } = await opening(means, io)
  try {
    const endpoint = new URL(opened.variables['AWS_ENDPOINT_URL_S3'] ?? opened.variables['AWS_ENDPOINT_URL'] ?? opened.url)
    const path = `/${[rules.bucket, ...rules.key.split('/')].map((part) => uriEncode(utf8ByteString(part))).join('/')}`
    const request = { method: 'PUT', target: path, headers: [['Host', endpoint.host] as const], body: undefined }
    const { target } = presign(request, signer, { now: io.now(), region: rules.region, service: 's3', expiresSeconds: 600 })
    const page = await openPage(endpoint.origin, `${endpoint.origin}${target}`)
    const { saw, exitCode } = await visited(page, rules, io).finally(() => {
      page.server.close()
      page.server.closeAllConnections()
    })
    await opened.close(CLOSING_MILLISECONDS)
    const seen = await collector.finished(DIAGNOSING_MILLISECONDS)
    return { run: { way: 'through', to: opened.to, exitCode, ...seen }, notes: [...pageNotes(saw), ...browserNotes(seen)] }
  } catch (error) {
    await opened.close(0)
    throw error
  }
}

interface Page {
  readonly server: Server
  readonly url: string
  readonly done: Promise<PageSaw>
}

async function openPage(endpoint: string, upload: string): Promise<Page> {
  // A caller that does not know it has no business with the page.
  const [place, nonce] = [randomBytes(16).toString('hex'), randomBytes(16).toString('base64')]
  let told = (_: PageSaw): void => {}
  const done = new Promise<PageSaw>((resolve) => {
    told = resolve
  })
  const server = createServer((request, response) => {
    if (request.method === 'GET' && request.url === `/${place}/`) {
      const policy = `default-src 'none'; script-src 'nonce-${nonce}'; connect-src 'self' ${endpoint}`
      response.writeHead(200, {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': policy,
        'Cache-Control': 'no-store',
      })
      response.end(uploadPage(nonce, upload))
      return
    }
    if (request.method === 'POST' && request.url === `/${place}/done`) {
      sawOf(request).then(
        (saw) => {
          response.writeHead(204).end()
          told(saw)
        },
        () => response.writeHead(400).end(),
      )
      return
    }
    response.writeHead(404).end()
  })
  server.listen(0, '127.0.0.1')
  await emitted(server, 'listening')
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${place}/`, done }
}

async function sawOf(request: IncomingMessage): Promise<PageSaw> {
  let text = ''
  for await (const piece of request) {
    text += piece
    if (text.length > MOST_TOLD) throw new RangeError('too much')
  }
  const { status, error } = JSON.parse(text) as Record<string, unknown>
  return { ...(typeof status === 'number' ? { status } : {}), ...(typeof error === 'string' ? { error } : {}) }
}

/** Until the page has told, or the browser or the user ended it. */
async function visited(
  { url, done }: Page,
  { words, stdout }: BrowserRules,
  io: Io,
): Promise<{ readonly saw: PageSaw | undefined; readonly exitCode: number }> {
  let off = () => {}
  const interrupted = new Promise<undefined>((resolve) => {
    off = io.onInterrupt(() => resolve(undefined))
  })
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), WAITING_MILLISECONDS)
  })
  try {
    if (words.length === 0) {
      say(io, `open ${url} in the browser; Ctrl-C ends it`)
      return { saw: await Promise.race([done, interrupted]), exitCode: 0 }
    }
    const child = startChild({ words: [...words, url], env: io.env, cwd: io.cwd, stdout })
    const saw = await Promise.race([done, child.ended.then(() => undefined), late])
    child.stop()
    const exitCode = await child.ended
    // That it was stopped is our doing.
    return { saw, exitCode: saw === undefined ? exitCode : 0 }
  } finally {
    clearTimeout(timer)
    off()
  }
}

function pageNotes(saw: PageSaw | undefined): readonly string[] {
  if (saw === undefined) return ['The page was not heard of: it was not opened, or its upload did not end.']
  if (saw.status !== undefined) return [`The page could read the answer: status ${saw.status}.`]
  return [
    `The page could not read the answer, which is what browsers do without a CORS rule for it: ${saw.error ?? 'it was not told why'}.`,
  ]
}

/** What the browser added to the upload, and whether it asked before. */
function browserNotes({ requests }: SeenRequests): readonly string[] {
  const upload = requests.find(({ seen: { received } }) => received.method === 'PUT')
  const asked = requests.some(({ seen: { received } }) => received.method === 'OPTIONS')
  const preflight = asked ? 'The browser asked first (OPTIONS, without a signature).' : 'The browser did not ask first (no OPTIONS).'
  if (upload === undefined) return [preflight, 'No upload came: the browser did not send it.']
  const { received } = upload.seen
  const signed = authorizationOf({ ...received, body: undefined })?.signedHeaders?.split(';') ?? []
  const own = received.headers.filter(([name]) => !signed.includes(name.toLowerCase())).map(([name, value]) => `${name}: ${value}`)
  return [
    preflight,
    `The path came as ${splitTarget(received.target).path}.`,
    `The browser sent these headers, which the URL does not sign: ${own.join('; ')}.`,
  ]
}

const MOST_TOLD = 4096
const WAITING_MILLISECONDS = 120_000
