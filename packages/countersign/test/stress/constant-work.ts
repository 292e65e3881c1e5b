/** How much a verifier hashes for a request, counted by V8 itself: how often each function of the room `sha256` was called. */
import { Session } from 'node:inspector/promises'
import type { HttpRequest } from '../../src/sigv4/http-request.ts'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'
import { createVerifier, credentialsOf } from '../../src/verifier/index.ts'
import { KEY_ID, NOW, plain, presigned, SECRET, signed } from '../support/signed.ts'

export const UNKNOWN_ID = 'AKIAUNKNOWNEXAMPLE'

const verifier = createVerifier({ credentials: credentialsOf({ [KEY_ID]: { key: SECRET } }), clock: () => NOW })
const otherSecret = new SecretAccessKey('another EXAMPLE secret')

/** Requests that differ in nothing but the access key ID, each with a signature that is wrong. */
export const ASKED: Readonly<Record<string, (accessKeyId: string) => HttpRequest>> = {
  'S3, in the header': (id) => signed(plain('GET', '/b/k'), 's3', {}, { accessKeyId: id, secretAccessKey: otherSecret }),
  'S3, presigned': (id) => {
    const request = presigned(plain('GET', '/b/k'))
    return { ...request, target: request.target.replace(KEY_ID, id).replace(/Signature=../, 'Signature=00') }
  },
  'STS, in the header': (id) =>
    signed(plain('POST', '/', 'Action=GetCallerIdentity'), 'sts', {}, { accessKeyId: id, secretAccessKey: otherSecret }),
  'DynamoDB, in the header': (id) =>
    signed(plain('POST', '/', '{"a":1}'), 'dynamodb', {}, { accessKeyId: id, secretAccessKey: otherSecret }),
}

export async function refusalOf(request: HttpRequest): Promise<string> {
  const outcome = await verifier.judge(request)
  return outcome.ok ? 'accepted' : outcome.refused.error.check
}

/** Calls of each function of `sha256` while these requests were judged, one after the other. */
export async function hashCalls(requests: readonly HttpRequest[]): Promise<ReadonlyMap<string, number>> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
  await session.post('Profiler.takePreciseCoverage')
  for (const request of requests) await verifier.judge(request)
  const { result } = await session.post('Profiler.takePreciseCoverage')
  await session.post('Profiler.stopPreciseCoverage')
  session.disconnect()
  const calls = new Map<string, number>()
  for (const { url, functions } of result) {
    const [, file] = /\/src\/sha256\/([^/?]+)/.exec(url) ?? []
    if (file === undefined) continue
    for (const { functionName, ranges } of functions) {
      const count = ranges[0]!.count
      if (functionName !== '' && count > 0) calls.set(`${file} ${functionName}`, (calls.get(`${file} ${functionName}`) ?? 0) + count)
    }
  }
  return calls
}
