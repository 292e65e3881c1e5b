/**
 * How fast verify and sign are, beside other signers and beside the bare hash and HMAC of the same bytes.
 *
 * One interleaved run: every round times every contender once, and the figure is the median of per-round ratios, so that
 * a noisy machine disturbs both sides of a ratio alike. Rerun with `npm run bench`; `npm run bench -- --rounds 60` for
 * steadier figures.
 */
import { createHash, createHmac } from 'node:crypto'
import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import aws4 from 'aws4'
import { AwsV4Signer } from 'aws4fetch'
import { verify as fastVerify } from '../packages/countersign/src/fast/verify.ts'
import {
  authorizationOf,
  canonicalRequest,
  deriveSigningKey,
  presign,
  SecretAccessKey,
  sign,
  signingInputsOf,
  stringToSign,
  verify,
} from '../packages/countersign/src/sigv4/index.ts'

const argument = process.argv.indexOf('--rounds')
const WARM_UP_MILLISECONDS = 700
const VARIANTS = 64
const ROUNDS = argument < 0 ? 31 : Number(process.argv[argument + 1])
const ID = 'AKIAIOSFODNN7EXAMPLE'
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const KEY = new SecretAccessKey(SECRET)
const NOW = Date.UTC(2015, 7, 30, 12, 36)
const DATE = '20150830T123600Z'
const HOST = 'examplebucket.s3.us-east-1.amazonaws.com'
const OPTIONS = { now: NOW, region: 'us-east-1', service: 's3' }
const CREDENTIALS = { accessKeyId: ID, secretAccessKey: KEY }
const EMPTY = createHash('sha256').digest('hex')

const get = { method: 'GET', target: '/photos/2015/summer.jpg', headers: [['Host', HOST]], body: new Uint8Array() }
const put = {
  method: 'PUT',
  target: `/photos/2015/summer.jpg?${Array.from({ length: 10 }, (_, i) => `parameter${i}=value%20${i}`).join('&')}`,
  headers: [
    ['Host', HOST],
    ['Content-Type', 'image/jpeg'],
    ...Array.from({ length: 8 }, (_, i) => [`X-Amz-Meta-Name${i}`, `value of ${i}`]),
  ],
  body: new Uint8Array(),
}
const SCENES = [
  { name: 'S3 GET, header', request: get, presigned: false },
  { name: 'S3 GET, presigned', request: get, presigned: true },
  { name: 'S3 PUT, 12 signed headers, 10 parameters', request: put, presigned: false },
]

/** As from a parser: flat strings of its own, not pieces of longer ones. */
function asReceived({ method, target, headers, body }) {
  return { ...JSON.parse(JSON.stringify({ method, target, headers })), body }
}

/** The scene's request under another path each time, so that nobody is measured on one remembered request. */
function variants({ request, ...scene }) {
  return Array.from({ length: VARIANTS }, (_, i) => ({
    ...scene,
    request: { ...request, target: request.target.replace('summer', `summer${i}`) },
  }))
}

/** The contenders of one scene, each a function that does the work once. */
function contenders({ request, presigned }) {
  const signed = asReceived(
    presigned ? presign(request, CREDENTIALS, { ...OPTIONS, expiresSeconds: 900 }) : sign(request, CREDENTIALS, OPTIONS),
  )
  const inputs = signingInputsOf(signed)
  const canonical = canonicalRequest(inputs)
  const text = stringToSign(inputs, canonical)
  const head = text.slice(0, -64)
  const kSigning = deriveSigningKey(KEY, inputs.scope).dangerBytes()
  const provided = authorizationOf(signed).signature
  const headers = Object.fromEntries(request.headers)
  const query = Object.fromEntries(new URLSearchParams(request.target.split('?')[1] ?? ''))
  const names = Object.fromEntries(request.headers.map(([name, value]) => [name.toLowerCase(), value]))
  const smithy = new SignatureV4({
    credentials: { accessKeyId: ID, secretAccessKey: SECRET },
    region: 'us-east-1',
    service: 's3',
    sha256: Sha256,
    uriEscapePath: false,
    applyChecksum: true,
  })
  const smithyRequest = {
    method: request.method,
    protocol: 'https:',
    hostname: HOST,
    path: request.target.split('?')[0],
    query,
    headers: { ...names, 'x-amz-content-sha256': EMPTY },
  }
  const date = new Date(NOW)
  const cache = new Map()
  const url = `https://${HOST}${request.target}`
  return {
    signed,
    provided,
    bare: () =>
      createHmac('sha256', kSigning)
        .update(head + createHash('sha256').update(canonical).digest('hex'))
        .digest('hex') === provided,
    verify: () => verify(signed, KEY, OPTIONS).ok,
    'verify (fast)': () => fastVerify(signed, KEY, OPTIONS).ok,
    sign: () =>
      (presigned ? presign(request, CREDENTIALS, { ...OPTIONS, expiresSeconds: 900 }) : sign(request, CREDENTIALS, OPTIONS)).target.length >
      0,
    aws4: () => {
      const given = {
        host: HOST,
        service: 's3',
        region: 'us-east-1',
        method: request.method,
        path: request.target,
        signQuery: presigned,
        headers: { ...headers, 'X-Amz-Date': DATE, ...(!presigned && { 'X-Amz-Content-Sha256': EMPTY }) },
      }
      return aws4.sign(given, { accessKeyId: ID, secretAccessKey: SECRET }).path.length > 0
    },
    '@smithy/signature-v4': async () =>
      (
        await (presigned
          ? smithy.presign(smithyRequest, { signingDate: date, expiresIn: 900 })
          : smithy.sign(smithyRequest, { signingDate: date }))
      ).path.length > 0,
    aws4fetch: async () =>
      (
        await new AwsV4Signer({
          method: request.method,
          url,
          headers: presigned ? {} : { ...headers, 'x-amz-content-sha256': EMPTY },
          accessKeyId: ID,
          secretAccessKey: SECRET,
          service: 's3',
          region: 'us-east-1',
          cache,
          datetime: DATE,
          signQuery: presigned,
          allHeaders: true,
        }).sign()
      ).url.href.length > 0,
  }
}

const NAMES = ['bare', 'verify', 'verify (fast)', 'sign', 'aws4', '@smithy/signature-v4', 'aws4fetch']
const REPEATS = { bare: 800, verify: 800, 'verify (fast)': 800, sign: 800, aws4: 400, '@smithy/signature-v4': 100, aws4fetch: 60 }

async function timed(works, repeats) {
  const start = process.hrtime.bigint()
  for (let i = 0; i < repeats; i++) {
    const done = works[i % works.length]()
    if (done instanceof Promise) await done
  }
  return Number(process.hrtime.bigint() - start) / repeats / 1000
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1]
}

console.log(
  `node ${process.version}, ${process.arch}, ${ROUNDS} rounds, every round times every contender; median microseconds, ratios are medians of per-round ratios`,
)
for (const scene of SCENES) {
  const many = variants(scene).map(contenders)
  const all = Object.fromEntries(NAMES.map((name) => [name, many.map((one) => one[name])]))
  for (const name of NAMES)
    for (const work of all[name]) if ((await work()) !== true) throw new Error(`${scene.name}: ${name} does not do its work`)
  for (const name of NAMES) {
    const start = Date.now()
    while (Date.now() - start < WARM_UP_MILLISECONDS) await timed(all[name], 50)
  }
  const times = Object.fromEntries(NAMES.map((name) => [name, []]))
  for (let round = -1; round < ROUNDS; round++) {
    for (const name of NAMES) {
      const time = await timed(all[name], REPEATS[name])
      if (round >= 0) times[name].push(time)
    }
  }
  console.log(`\n${scene.name}`)
  for (const name of NAMES) {
    const ratio = (to) => median(times[name].map((time, round) => time / times[to][round])).toFixed(2)
    console.log(
      `  ${name.padEnd(22)} ${median(times[name]).toFixed(2).padStart(8)} us   ${ratio('verify').padStart(6)} x verify   ${ratio('verify (fast)').padStart(6)} x fast   ${ratio('sign').padStart(6)} x sign   ${ratio('bare').padStart(6)} x bare hash and HMAC`,
    )
  }
}
console.log('\nrerun: npm run bench [-- --rounds N]')
