/** Eight times as much takes about eight times as long, not sixty-four: verify and sign, the specification and the fast way. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sign as fastSign } from '../../src/fast/sign.ts'
import { verify as fastVerify } from '../../src/fast/verify.ts'
import { type HttpRequest, sign, verify } from '../../src/sigv4/index.ts'
import { KEYS, NOW } from './odd-requests.ts'

const OPTIONS = { now: NOW, region: 'us-east-1', service: 's3' }
const [KEY] = KEYS as [(typeof KEYS)[number]]
const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: KEY }
const SMALL = 150
/** Between 8, which is linear, and 64. The machine may be busy. */
const MOST_TIMES = 28

const plain = {
  method: 'GET',
  target: '/a',
  headers: [['Host', 's3.us-east-1.amazonaws.com']] as [string, string][],
  body: new Uint8Array(),
}
const numbers = (count: number): string[] => Array.from({ length: count }, (_, i) => String(i).padStart(5, '0'))
const KINDS: Readonly<Record<string, (count: number) => HttpRequest>> = {
  headers: (n) => ({ ...plain, headers: [...plain.headers, ...numbers(n).map((i): [string, string] => [`X-Amz-Meta-${i}`, i])] }),
  'headers of one name': (n) => ({
    ...plain,
    headers: [...plain.headers, ...numbers(n).map((i): [string, string] => ['X-Amz-Meta-A', i])],
  }),
  'headers that need not be signed': (n) => ({
    ...plain,
    headers: [...plain.headers, ...numbers(n).map((i): [string, string] => ['TE', i])],
  }),
  parameters: (n) => ({
    ...plain,
    target: `/a?${numbers(n)
      .map((i) => `a${i}=b`)
      .join('&')}`,
  }),
  'parameters backwards': (n) => ({
    ...plain,
    target: `/a?${numbers(n)
      .reverse()
      .map((i) => `a${i}=b`)
      .join('&')}`,
  }),
  'parameters of one long name': (n) => ({
    ...plain,
    target: `/a?${numbers(n)
      .map((i) => `${'a'.repeat(99)}=${i}`)
      .join('&')}`,
  }),
  segments: (n) => ({ ...plain, target: `/${numbers(n).join('/')}` }),
  blanks: (n) => ({ ...plain, headers: [...plain.headers, ['X-Amz-Meta-A', `a${' '.repeat(20 * n)}b`]] }),
}

/** Microseconds of the processor that the quickest of some runs takes. */
function least(work: () => void): number {
  let found = Number.POSITIVE_INFINITY
  for (let run = 0; run < 12; run++) {
    const before = process.cpuUsage()
    for (let i = 0; i < 10; i++) work()
    const { user, system } = process.cpuUsage(before)
    found = Math.min(found, user + system)
  }
  return found
}

for (const [kind, make] of Object.entries(KINDS)) {
  test(`linear in the number of ${kind}`, () => {
    const [small, large] = [make(SMALL), make(8 * SMALL)]
    const [signedSmall, signedLarge] = [sign(small, CREDENTIALS, OPTIONS), sign(large, CREDENTIALS, OPTIONS)]
    const wrong = (request: HttpRequest): HttpRequest => ({ ...request, headers: [...request.headers, ['x-amz-not-signed', '']] })
    for (const [what, of, on] of [
      ['verify', () => fastVerify(signedSmall, KEY, OPTIONS), () => fastVerify(signedLarge, KEY, OPTIONS)],
      ['the specification', () => verify(signedSmall, KEY, OPTIONS), () => verify(signedLarge, KEY, OPTIONS)],
      ['a refusal', () => fastVerify(wrong(signedSmall), KEY, OPTIONS), () => fastVerify(wrong(signedLarge), KEY, OPTIONS)],
      ['sign', () => fastSign(small, CREDENTIALS, OPTIONS), () => fastSign(large, CREDENTIALS, OPTIONS)],
    ] as const) {
      const times = least(on) / least(of)
      // What falls from the fast way to the specification takes longer for that, once.
      assert.ok(times < MOST_TIMES, `${what}: ${times.toFixed(1)} times as long for 8 times as much`)
    }
  })
}
