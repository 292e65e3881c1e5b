/** s3cmd's debug log: answers as dictionaries, uploads without a request line. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { s3cmdLog } from '../../../src/evidence/clients/s3cmd-log.ts'
import { read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(s3cmdLog)

test('an upload is put together of its signed headers, its path and the canonical request before it', () => {
  const log = `DEBUG: Canonical Request:\nPUT\n/b/k\n\nhost:h\n\nhost\nx\n----------------------\n${s3cmdLog.samples[0]!}`
  const [request] = seenOf(read(s3cmdLog, log), 'request')
  assert.deepEqual([request?.request.method, request?.request.target, request?.side], ['PUT', '/photos/a%20b.jpg', 'signer'])
  assert.deepEqual(request?.request.headers[0], ['Host', 'store.example'])
})

test('a request that has its own line is left to it', () => {
  const log = s3cmdLog.samples[0]!.replace(
    'DEBUG: Response:',
    "DEBUG: Sending request method_string='GET', uri='/b', headers={}\nDEBUG: Response:",
  )
  assert.deepEqual(seenOf(read(s3cmdLog, log), 'request'), [])
})

test('an answer: status, headers and the error whose body is cut into strings', () => {
  const seen = read(s3cmdLog, s3cmdLog.samples[0]!)
  const [response] = seenOf(seen, 'response')
  assert.equal(response?.status, 403)
  assert.deepEqual(response.headers, [
    ['connection', 'close'],
    ['x-amz-request-id', '0A49CE4060975EAC'],
  ])
  const [error] = seenOf(seen, 'error')
  assert.deepEqual([error?.code, error?.location], ['SignatureDoesNotMatch', response.location])
})
