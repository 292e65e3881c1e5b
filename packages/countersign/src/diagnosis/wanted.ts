/** What to collect next, most useful first: each says what it would decide. */
import type { CaseFile } from '../case/index.js'
import type { WantedEvidence } from './finding.js'

/** The evidence that is not there and would decide. Nothing is asked for where the cause is proven by signature. */
export function wantedEvidence(file: CaseFile): WantedEvidence[] {
  const wanted: WantedEvidence[] = []
  const { signer, wire, verifier } = file
  if (file.refusal === undefined)
    wanted.push({
      what: 'the error response, with its body',
      decides: 'which check refused the request; everything before it is then ruled out',
      command: 'curl -sS -i ...',
    })
  if (verifier.canonicalRequest === undefined && file.refusal?.check?.group !== 'scope')
    wanted.push({
      what: "the whole body of the service's error response (S3 quotes the canonical request and its bytes in it)",
      decides: 'what the service calculated with, byte by byte',
    })
  if (signer.canonicalRequest === undefined)
    wanted.push({
      what: "the signer's canonical request and string to sign, from its debug log",
      decides: 'which line was signed otherwise, without any secret',
      command: 'aws ... --debug 2> debug.log',
    })
  if (wire.request === undefined)
    wanted.push({
      what: 'the request as it left the last hop: method, path, query and all headers',
      decides: 'whether it was changed after signing',
      command: file.observations.some(({ kind }) => kind === 'request-line')
        ? 'log both sides of the hop: nginx "error_log <file> debug;", Envoy "-l debug", Caddy "debug", Varnish "varnishlog -g request"'
        : 'curl -v --path-as-is ... 2>&1  (or a recording at the hop before the service)',
    })
  if (file.inputs?.key === undefined)
    wanted.push({
      what: 'the secret access key that should have signed, in a file',
      decides: 'every single change of the request and of the key, by recomputing the signature provided',
      command: 'countersign diagnose <evidence> --secret-file <file>',
    })
  if (file.inputs !== undefined && file.inputs.payloadHash === undefined)
    wanted.push({
      what: 'the body that was sent, or its x-amz-content-sha256',
      decides: 'whether the payload hash is that of the bytes received',
    })
  return wanted
}
