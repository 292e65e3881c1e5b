/** What to collect next, the one that decides first: each says how this client shows it, and what it would decide. */
import { askerOf, type CaseFile } from '../case/index.js'
import { DEBUG_LOGS, type DebugLog } from '../catalog/index.js'
import type { WantedEvidence } from './finding.js'

/** The evidence that is not there and would decide. Nothing is asked for where the cause is proven by signature. */
export function wantedEvidence(file: CaseFile): WantedEvidence[] {
  return [
    ...(file.refusal === undefined ? [ERROR_RESPONSE] : []),
    ...textsWanted(file),
    ...(file.wire.request === undefined ? [lastHop(file)] : []),
    ...(file.inputs?.key === undefined ? [THE_SECRET] : []),
    ...(file.inputs !== undefined && file.inputs.payloadHash === undefined ? [THE_BODY] : []),
  ]
}

/** The two canonical requests: with one of them at hand the other decides, so it comes first. */
function textsWanted(file: CaseFile): readonly WantedEvidence[] {
  const ofService = file.verifier.canonicalRequest === undefined && mayQuote(file) ? [SERVICE_TEXTS] : []
  const ofSigner = file.signer.canonicalRequest === undefined ? [signerTexts(file)] : []
  return [...ofService, ...ofSigner]
}

/** Whether the service can be expected to quote its texts: not where its scope check refused, and not where another server's answer is whole without them. */
function mayQuote(file: CaseFile): boolean {
  if (file.refusal?.check?.group === 'scope') return false
  const whole = file.observations.some(
    (seen) => seen.kind === 'error' && seen.elements.some(([name]) => /^(?:RequestId|HostId)$/.test(name)),
  )
  return !whole || askerOf(file).has('aws') || !askerOf(file).has('s3-compatible')
}

/** How the very client shows what it signed: a person has one log to switch on, not a list to choose from. */
function signerTexts(file: CaseFile): WantedEvidence {
  const log = debugLogOf(file)
  if (log?.shows === 'request')
    return {
      what: 'the request as the client sent it, from its debug log: it prints no canonical request',
      decides: 'with what the service quotes: what was changed on the way; with the secret: whether it was signed right',
      command: log.how,
    }
  return {
    what: "the signer's canonical request and string to sign, from its debug log",
    decides: 'which line was signed otherwise, without any secret',
    command: log?.how ?? 'aws ... --debug 2> debug.log',
  }
}

/** How the client that the evidence names shows what it signed or sent. */
export function debugLogOf(file: Pick<CaseFile, 'observations'>): DebugLog | undefined {
  const asker = askerOf(file)
  return DEBUG_LOGS.find(([subject]) => asker.has(subject))?.[1]
}

function lastHop(file: CaseFile): WantedEvidence {
  const asker = askerOf(file)
  const [, own] = HOP_LOGS.find(([subject]) => asker.has(subject)) ?? []
  return {
    what: 'the request as your last proxy sent it: method, path, query and all headers',
    decides: 'whether it was changed after signing',
    command:
      own ??
      (file.observations.some(({ kind }) => kind === 'request-line')
        ? `log both sides of the hop: ${HOP_LOGS.map(([, how]) => how).join(', ')}`
        : 'curl -v --path-as-is ... 2>&1  (or a recording at the hop before the service)'),
  }
}

const HOP_LOGS = [
  ['nginx', 'nginx "error_log <file> debug;"'],
  ['envoy', 'Envoy "-l debug"'],
  ['caddy', 'Caddy "debug"'],
  ['varnish', 'Varnish "varnishlog -g request"'],
] as const

const ERROR_RESPONSE: WantedEvidence = {
  what: 'the error response, with its body',
  decides: 'which check refused the request; everything before it is then ruled out',
  command: 'curl -sS -i ...',
}
const SERVICE_TEXTS: WantedEvidence = {
  what: "the whole body of the service's error response (S3 quotes the canonical request and its bytes in it)",
  decides: 'what the service calculated with, byte by byte',
}
const THE_SECRET: WantedEvidence = {
  what: 'the secret access key that should have signed, in a file',
  decides: 'this lets me prove the exact cause',
  command: 'countersign diagnose <evidence> --secret-file <file>',
}
const THE_BODY: WantedEvidence = {
  what: 'the body that was sent, or its x-amz-content-sha256',
  decides: 'whether the payload hash is that of the bytes received',
}
