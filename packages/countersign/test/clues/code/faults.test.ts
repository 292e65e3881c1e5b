import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { WEIGHT_OF } from '../../../src/causes/kit/clue-weight.ts'
import { signerCode } from '../../../src/clues/code/signer-code.ts'
import { read, seenOf } from '../../evidence/reader-laws.ts'
import { FAULTS, type Fault } from './faults.ts'

const folder = fileURLToPath(new URL('./correct/', import.meta.url))
const program = (name: string): string => readFileSync(`${folder}${name}.txt`, 'latin1')
const hints = (text: string) => seenOf(read(signerCode, text), 'clue')

test('signers without a mistake leave no mark above 0.3, in more than twenty languages', () => {
  const files = readdirSync(folder)
  assert.ok(files.length >= 40)
  for (const file of files) {
    const marks = hints(program(file.replace('.txt', ''))).filter(({ strength }) => strength !== 'weak')
    assert.deepEqual(
      marks.map(({ rule, message }) => [rule, message]),
      [],
      file,
    )
  }
})

function faulty({ in: name, was, now, also = [] }: Fault): string {
  return [[was, now] as const, ...also].reduce((text, [old, fresh]) => {
    assert.ok(text.includes(old), `${name} holds no ${old}`)
    return text.replaceAll(old, fresh)
  }, program(name))
}

for (const one of FAULTS) {
  test(`${one.in}: ${one.rule}, made by ${JSON.stringify(one.now.slice(0, 60))}`, () => {
    const marks = hints(faulty(one))
    const mark = marks.find(({ rule }) => rule === one.rule)
    assert.ok(mark !== undefined, `found ${marks.map(({ rule }) => rule).join(', ')}`)
    const heavier = marks.filter(({ strength }) => WEIGHT_OF[strength] > WEIGHT_OF[mark.strength])
    assert.deepEqual(
      heavier.map(({ rule }) => rule),
      [],
    )
    assert.ok(!hints(program(one.in)).some(({ rule }) => rule === one.rule))
  })
}

test('a mistake in a comment is none', () => {
  const text = program('python').replace(
    'canonical_uri =',
    '# canonical_uri = "no slash"; datetime.datetime.now(); hexdigest\ncanonical_uri =',
  )
  assert.deepEqual(
    hints(text).filter(({ strength }) => strength !== 'weak'),
    [],
  )
})

test('the place of a mark is the line of the mistake', () => {
  const text = faulty(FAULTS.find((one) => one.rule === 'code-local-time' && one.in === 'python')!)
  const mark = hints(text).find(({ rule }) => rule === 'code-local-time')!
  assert.match(text.slice(mark.location.start, mark.location.end), /^t = datetime\.datetime\.now\(\)$/)
})

test('a signature that is printed as base64 of its digits was encoded as text', () => {
  const digits = 'f7bc83f4305384 24b13298e6aa6fb143ef4d59a1494617599747 9dbc2d1a3cd8'.replaceAll(' ', '')
  const code = (printed: string): string =>
    `const mac = crypto.createHmac('sha256', key).update(text)\nconsole.log(signature)  // ${printed}\n`
  const rules = (text: string) => hints(text).map(({ rule }) => rule)
  assert.ok(rules(code(btoa(digits))).includes('signature-printed'))
  assert.ok(!rules(code(Buffer.from(digits, 'hex').toString('base64'))).includes('signature-printed'))
  assert.ok(!rules(code(btoa(`${digits.slice(1)}z`))).includes('signature-printed'))
})
