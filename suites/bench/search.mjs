/**
 * How many hypotheses a second the search tries, beside the loops an ordinary program would write: by the hash of the
 * canonical request, and by the signature. One core; one interleaved run; the figure is the median of per-round ratios.
 * Rerun with `npm run bench:search`; `-- --rounds 30` for steadier figures.
 */
import { createHmac, hash } from 'node:crypto'
import { HmacBeginning, hmacMatches } from '../../packages/countersign/src/sha256/hmac-lanes.ts'
import { Choice, hashMessages } from '../../packages/countersign/src/sha256/message-tree.ts'
import { deriveSigningKey, SecretAccessKey } from '../../packages/countersign/src/sigv4/index.ts'

const argument = process.argv.indexOf('--rounds')
const ROUNDS = argument < 0 ? 9 : Number(process.argv[argument + 1])
const DATE = '20150830T123600Z'
const SCOPE = { date: '20150830', region: 'us-east-1', service: 's3', terminator: 'aws4_request' }
const KEY = deriveSigningKey(new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'), SCOPE).dangerBytes()
const HEAD = `AWS4-HMAC-SHA256\n${DATE}\n20150830/us-east-1/s3/aws4_request\n`
const DIGESTS = new Int32Array(8 * 4096)
const BEGINNING = new HmacBeginning(KEY, HEAD)
const EMPTY = hash('sha256', '', 'hex')
const times = (count, make) => Array.from({ length: count }, (_, i) => make(i))

/** What a search over two methods, 8 paths, 10 queries, 16 hosts, 6 blocks of headers and 6 payload hashes puts together. */
const LEVELS = [
  ['GET\n', 'HEAD\n'],
  times(8, (i) => `/photos/2015/summer%2520${i}/holiday.jpg\n`),
  times(10, (i) => `list-type=2&prefix=a${i}%2Fb\n`),
  times(16, (i) => `host:examplebucket.s3.host${i}.example.com\n`),
  times(
    6,
    (i) =>
      `x-amz-content-sha256:${EMPTY}\nx-amz-date:${DATE}\nx-amz-request-payer:v${i}\n\nhost;x-amz-content-sha256;x-amz-date;x-amz-request-payer\n`,
  ),
  [EMPTY, 'UNSIGNED-PAYLOAD', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', '0'.repeat(64), '1'.repeat(64)],
]
const TOTAL = LEVELS.reduce((product, level) => product * level.length, 1)
const LAST = LEVELS.map((level) => level.at(-1)).join('')
const WANTED_HASH = hash('sha256', LAST, 'hex')
const WANTED_SIGNATURE = createHmac('sha256', KEY)
  .update(HEAD + WANTED_HASH)
  .digest('hex')
const words = (hex) => Int32Array.from(hex.match(/.{8}/g), (word) => Number.parseInt(word, 16))
const HASH_WORDS = words(WANTED_HASH)
const CHOICES = LEVELS.map((level) => level.map((text) => new Choice(text, 0)))

function loop(isWanted) {
  let [found, count] = [-1, 0]
  const [A, B, C, D, E, F] = LEVELS
  for (const a of A)
    for (const b of B)
      for (const c of C)
        for (const d of D)
          for (const e of E)
            for (const f of F) {
              if (isWanted(hash('sha256', a + b + c + d + e + f, 'hex'))) found = count
              count++
            }
  return found === TOTAL - 1
}

function ours(bySignature) {
  if (!bySignature) {
    let found = 0
    hashMessages(CHOICES, { from: 0, to: 0, firstWord: HASH_WORDS[0] }, (digest) => {
      if (digest.every((word, i) => word === HASH_WORDS[i])) found++
    })
    return found === 1
  }
  let [at, found] = [0, 0]
  const compare = () => {
    found += hmacMatches(BEGINNING, DIGESTS.subarray(0, at), WANTED_SIGNATURE).length
    at = 0
  }
  hashMessages(CHOICES, { from: 0, to: 0 }, (digest) => {
    for (let i = 0; i < 8; i++) DIGESTS[at++] = digest[i]
    if (at === DIGESTS.length) compare()
  })
  compare()
  return found === 1
}

const CONTENDERS = {
  'hash: crypto.hash loop': () => loop((digest) => digest === WANTED_HASH),
  'hash: Countersign': () => ours(false),
  'signature: crypto.hash + createHmac loop': () =>
    loop(
      (digest) =>
        createHmac('sha256', KEY)
          .update(HEAD + digest)
          .digest('hex') === WANTED_SIGNATURE,
    ),
  'signature: Countersign': () => ours(true),
}
const rounds = Object.fromEntries(Object.keys(CONTENDERS).map((name) => [name, []]))
for (let round = -2; round < ROUNDS; round++) {
  for (const [name, run] of Object.entries(CONTENDERS)) {
    const from = performance.now()
    if (!run()) throw new Error(`${name} did not find the hypothesis`)
    if (round >= 0) rounds[name].push(performance.now() - from)
  }
}
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1]
console.log(`${TOTAL.toLocaleString('en')} hypotheses, ${LAST.length} bytes of canonical request each; ${ROUNDS} rounds`)
for (const [name, all] of Object.entries(rounds))
  console.log(`${name.padEnd(42)} ${(TOTAL / median(all) / 1000).toFixed(2)} million/s, ${median(all).toFixed(0)} ms for all`)
const ratio = (peer, own) => median(rounds[peer].map((time, i) => time / rounds[own][i])).toFixed(2)
console.log(`by hash       Countersign is ${ratio('hash: crypto.hash loop', 'hash: Countersign')} times as fast as a crypto.hash loop`)
console.log(
  `by signature  Countersign is ${ratio('signature: crypto.hash + createHmac loop', 'signature: Countersign')} times as fast as crypto.hash + createHmac`,
)
