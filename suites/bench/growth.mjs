/**
 * How verify grows with the number of headers, of parameters, and with the body: `npm run bench:growth`. What is printed is
 * microseconds per request, and how many times as long eight times as much took; about 8 or less is linear.
 */
import { createHash } from 'node:crypto'
import { verify as fast } from '../../packages/countersign/src/fast/index.ts'
import { sign, verify as specification } from '../../packages/countersign/src/sigv4/index.ts'
import { CREDENTIALS, HOST, KEY, OPTIONS } from './requests.mjs'
import { measured } from './rounds.mjs'

const SIZES = [8, 64, 512]
const plain = { method: 'PUT', target: '/photos/summer.jpg', headers: [['Host', HOST]], body: new Uint8Array() }
const numbers = (count) => Array.from({ length: count }, (_, i) => String(i).padStart(4, '0'))
const KINDS = {
  'headers, in order': (n) => ({ ...plain, headers: [...plain.headers, ...numbers(n).map((i) => [`X-Amz-Meta-${i}`, `value ${i}`])] }),
  'headers, all of one name': (n) => ({
    ...plain,
    headers: [...plain.headers, ...numbers(n).map((i) => ['X-Amz-Meta-Name', `value ${i}`])],
  }),
  'parameters, in order': (n) => ({
    ...plain,
    target: `/a?${numbers(n)
      .map((i) => `name${i}=value${i}`)
      .join('&')}`,
  }),
  'parameters, backwards': (n) => ({
    ...plain,
    target: `/a?${numbers(n)
      .reverse()
      .map((i) => `name${i}=value${i}`)
      .join('&')}`,
  }),
  'parameters, all of one name': (n) => ({
    ...plain,
    target: `/a?${numbers(n)
      .map((i) => `name=value${i}`)
      .join('&')}`,
  }),
  'path of so many segments': (n) => ({ ...plain, target: `/${numbers(n).join('/')}` }),
  'body of so many KiB': (n) => ({ ...plain, body: new Uint8Array(createHash('shake256', { outputLength: 1024 * n }).digest()) }),
  'blanks in a value, 100 each': (n) => ({ ...plain, headers: [...plain.headers, ['X-Amz-Meta-Name', `a${' '.repeat(100 * n)}b`]] }),
}

for (const [name, verify] of [
  ['fast', fast],
  ['the specification', specification],
]) {
  console.log(`\n${name.padEnd(30)} ${SIZES.map((n) => `${n}`.padStart(18)).join('')}`)
  for (const [kind, make] of Object.entries(KINDS)) {
    const works = SIZES.map((n) => {
      const request = sign(make(n), CREDENTIALS, OPTIONS)
      return () => verify(request, KEY, OPTIONS).ok
    })
    const results = Object.values(await measured(Object.fromEntries(works.map((work, i) => [`${kind} ${SIZES[i]}`, work]))))
    const cells = results.map(({ least }, i) =>
      `${least.toFixed(1)}${i === 0 ? '' : ` (x ${(least / results[i - 1].least).toFixed(1)})`}`.padStart(18),
    )
    console.log(`${kind.padEnd(30)} ${cells.join('')}`)
  }
}
console.log('\nrerun: npm run bench:growth')
