/**
 * How fast verify and sign are, beside the bare hash and HMAC of the same bytes and beside named peers. `npm run bench`;
 * `-- --rounds 60` for steadier figures, `-- --wall` for the wall clock. The table in docs/manual/performance.md is made by it.
 */
import { createHash, createHmac } from 'node:crypto'
import { presign as fastPresign, sign as fastSign, verify as fastVerify } from '../../packages/countersign/src/fast/index.ts'
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
} from '../../packages/countersign/src/sigv4/index.ts'
import {
  aws4QuerySignature,
  aws4Signature,
  crtSigner,
  expressVerifier,
  given,
  heavyPeers,
  smithyQuerySignature,
  smithySignature,
} from './peers.mjs'
import { processPeers } from './process-peers.mjs'
import { COUNT, CREDENTIALS, DATE, EMPTY, HOST, KEY, OPTIONS, PLAIN, SECRET, SIGNED } from './requests.mjs'
import { measured, print, ROUNDS, ratio } from './rounds.mjs'

const peers = heavyPeers()
const goals = []

function goal(what, value, wanted, atMost) {
  const met = atMost ? value <= wanted : value >= wanted
  goals.push(`${met ? 'met   ' : 'MISSED'} ${what}: ${value.toFixed(2)} (${atMost ? 'at most' : 'at least'} ${wanted})`)
}

/** The two calls of node:crypto that no verifier made of it can do without, on texts that are ready. */
function bare(requests) {
  const texts = requests.map((request) => {
    const inputs = signingInputsOf(request)
    const canonical = canonicalRequest(inputs)
    return JSON.parse(
      JSON.stringify({ canonical, head: stringToSign(inputs, canonical).slice(0, -64), provided: authorizationOf(request).signature }),
    )
  })
  const key = deriveSigningKey(KEY, signingInputsOf(requests[0]).scope).dangerBytes()
  return (i) => {
    const { canonical, head, provided } = texts[i % COUNT]
    const hash = createHash('sha256').update(canonical).digest('hex')
    return (
      createHmac('sha256', key)
        .update(head + hash)
        .digest('hex') === provided
    )
  }
}

async function verifyScene(title, requests, goalsOf) {
  const at = requests.map(given)
  const provided = requests.map((request) => authorizationOf(request).signature)
  const results = await measured({
    'bare hash and HMAC': bare(requests),
    verify: (i) => fastVerify(requests[i % COUNT], KEY, OPTIONS).ok,
    'the specification': (i) => verify(requests[i % COUNT], KEY, OPTIONS).ok,
    'aws4, sign again': (i) => aws4Signature(at[i % COUNT]) === provided[i % COUNT],
    ...(peers && { '@filen/aws4-express': expressOf(requests) }),
    '@smithy/signature-v4, sign again': async (i) => (await smithySignature(at[i % COUNT])) === provided[i % COUNT],
  })
  print(title, results, 'verify')
  goalsOf(results)
}

function expressOf(requests) {
  const check = expressVerifier(peers.express)
  return (i) => check(requests[i % COUNT])
}

console.log(`node ${process.version}, ${process.arch}, ${ROUNDS} interleaved rounds; a ratio is the median of per-round ratios`)
await verifyScene('verify an S3 GET, 4 signed headers', SIGNED.get, (of) => {
  goal('verify GET / bare pair', ratio(of.verify, of['bare hash and HMAC']), 0.85, true)
  goal('aws4 / verify GET', ratio(of['aws4, sign again'], of.verify), 5, false)
  if (peers) goal('@filen/aws4-express / verify GET', ratio(of['@filen/aws4-express'], of.verify), 13, false)
  goal('@smithy/signature-v4 / verify GET', ratio(of['@smithy/signature-v4, sign again'], of.verify), 14, false)
})
await verifyScene('verify an S3 PUT, 12 signed headers and 10 parameters', SIGNED.put, (of) =>
  goal('verify PUT / bare pair', ratio(of.verify, of['bare hash and HMAC']), 1.1, true),
)

const presigned = SIGNED.presigned
const atPresigned = PLAIN.bare.map(given)
const queryProvided = presigned.map((request) => authorizationOf(request).signature)
const query = await measured({
  'bare hash and HMAC': bare(presigned),
  verify: (i) => fastVerify(presigned[i % COUNT], KEY, OPTIONS).ok,
  'the specification': (i) => verify(presigned[i % COUNT], KEY, OPTIONS).ok,
  'aws4 signQuery, sign again': (i) => aws4QuerySignature(atPresigned[i % COUNT]) === queryProvided[i % COUNT],
  '@smithy/signature-v4, presign again': async (i) => (await smithyQuerySignature(atPresigned[i % COUNT])).length === 64,
})
print('verify a presigned S3 GET', query, 'verify')
goal('verify presigned / bare pair', ratio(query.verify, query['bare hash and HMAC']), 0.98, true)
goal('aws4 signQuery / verify presigned', ratio(query['aws4 signQuery, sign again'], query.verify), 6, false)

// What is kept of a key hangs on its object, so that another object is a key that was never seen.
const steps = (({ date, region, service, terminator }) => [date, region, service, terminator])(signingInputsOf(SIGNED.get[0]).scope)
const derived = (secret) => steps.reduce((key, step) => createHmac('sha256', key).update(step).digest(), `AWS4${secret}`)
const pair = bare(SIGNED.get)
const unseen = await measured({
  'four createHmac, then the bare pair': (i) => derived(SECRET).length === 32 && pair(i),
  verify: (i) => fastVerify(SIGNED.get[i % COUNT], new SecretAccessKey(SECRET), OPTIONS).ok,
  'the specification': (i) => verify(SIGNED.get[i % COUNT], new SecretAccessKey(SECRET), OPTIONS).ok,
})
print('verify an S3 GET, with a key that is new each time', unseen, 'verify')
goal(
  'verify with a new key / four createHmac and bare pair',
  ratio(unseen.verify, unseen['four createHmac, then the bare pair']),
  1.3,
  true,
)

const toPresign = { ...OPTIONS, expiresSeconds: 3600 }
const urls = await measured({
  presign: (i) => fastPresign(PLAIN.bare[i % COUNT], CREDENTIALS, toPresign).target.endsWith(queryProvided[i % COUNT]),
  'the specification': (i) => presign(PLAIN.bare[i % COUNT], CREDENTIALS, toPresign).target.endsWith(queryProvided[i % COUNT]),
  'aws4 signQuery': (i) => aws4QuerySignature(atPresigned[i % COUNT]) === queryProvided[i % COUNT],
})
print('presign an S3 GET', urls, 'presign')
goal('aws4 signQuery / presign', ratio(urls['aws4 signQuery'], urls.presign), 4.5, false)

const plain = PLAIN.get
const atPlain = plain.map((request) => given({ ...request, headers: [...request.headers, ['X-Amz-Date', DATE]] }))
const atSmithy = atPlain.map((one) => ({ ...one, lower: { ...one.lower, 'x-amz-content-sha256': EMPTY } }))
const crt = peers && crtSigner(peers.crt)
const wanted = SIGNED.get.map((request) => authorizationOf(request).signature)
const unsigned = { ...OPTIONS, unsignedHeaders: ['user-agent', 'accept-encoding'] }
const { signers, end } = processPeers(
  SIGNED.get.map(({ method, target, headers }, i) => ({
    method,
    url: `https://${HOST}${target}`,
    // As an application hands them over: without those that are not signed, and those that the signer writes.
    headers: headers.filter(([name]) => !/^(?:authorization|user-agent|accept-encoding|x-amz-date)$/i.test(name)),
    signature: wanted[i],
  })),
)
const made = await measured({
  ...signers,
  sign: (i) => fastSign(plain[i % COUNT], CREDENTIALS, OPTIONS).headers.length === 7,
  'the specification': (i) => sign(plain[i % COUNT], CREDENTIALS, unsigned).headers.length === 7,
  aws4: (i) => aws4Signature(atPlain[i % COUNT]) === wanted[i % COUNT],
  ...(crt && { 'aws-crt': async (i) => (await crt(atPlain[i % COUNT])) === wanted[i % COUNT] }),
  '@smithy/signature-v4': async (i) => (await smithySignature(atSmithy[i % COUNT])) === wanted[i % COUNT],
})
end()
print('sign an S3 GET', made, 'sign')
goal('aws4 / sign GET', ratio(made.aws4, made.sign), 4.5, false)
for (const name of Object.keys(signers)) console.log(`  ${name} / sign GET: ${ratio(made[name], made.sign).toFixed(2)}`)
if (crt) goal('aws-crt / sign GET', ratio(made['aws-crt'], made.sign), 10, false)
goal('@smithy/signature-v4 / sign GET', ratio(made['@smithy/signature-v4'], made.sign), 15, false)

console.log(`\n${goals.join('\n')}\n\nrerun: npm run bench [-- --rounds N] [--wall]`)
