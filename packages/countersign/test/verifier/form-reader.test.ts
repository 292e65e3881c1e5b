/** Forms of browsers, read in pieces. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { byteString, bytesOf } from '../../src/sigv4/byte-string.ts'
import { fieldNames } from '../../src/verifier/content-disposition.ts'
import { type FormEvent, formReader } from '../../src/verifier/form-reader.ts'

const TYPE = 'multipart/form-data; boundary=----form7MA4YWxk'
const FIELD = (name: string, value: string, boundary = '----form7MA4YWxk'): string =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
const FILE = (content: string, boundary = '----form7MA4YWxk'): string =>
  `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n${content}\r\n--${boundary}--\r\n`

/** What was read of a body given in pieces of some length: fields, the file in one, and how it ended. */
function read(body: string, size = body.length, type: string | undefined = TYPE, most?: number) {
  const reader = formReader(type, most)
  const events: FormEvent[] = []
  for (let at = 0; at < body.length; at += Math.max(1, size)) events.push(...reader.push(bytesOf(body.slice(at, at + Math.max(1, size)))))
  events.push(...reader.end())
  const fields = events.flatMap((event) => (event.kind === 'field' ? [[event.name, event.value]] : []))
  const file = events.find((event) => event.kind === 'file')
  const content = events.flatMap((event) => (event.kind === 'bytes' ? [byteString(event.bytes)] : [])).join('')
  const last = events.at(-1)
  const ended = last?.kind === 'refused' ? last.refused.code : (last?.kind ?? 'nothing')
  assert.equal(events.filter(({ kind }) => kind === 'end' || kind === 'refused').length, 1)
  return { fields, file: file?.kind === 'file' ? [file.fileName, file.contentType] : undefined, content, ended }
}

describe('formReader', () => {
  it('reads fields and the file, in pieces of any size', () => {
    const content = 'hello\r\n--\r\n------form7MA4YWx\r\n\r\n------form7MA4YWxK\r\r\n\r'
    const body = FIELD('key', 'user/a') + FIELD('acl', '') + FIELD('x', '1\r\n2\r\n') + FILE(content)
    const whole = {
      fields: [
        ['key', 'user/a'],
        ['acl', ''],
        ['x', '1\r\n2\r\n'],
      ],
      file: ['a.png', 'image/png'],
      content,
      ended: 'end',
    }
    for (const size of [body.length, 1, 2, 3, 7, 64]) assert.deepEqual(read(body, size), whole, `pieces of ${size}`)
  })

  it('does not read what follows the file', () => {
    const after = FILE('x').replace(/--\r\n$/, '\r\n') + FIELD('acl', 'public-read').slice('------form7MA4YWxk\r\n'.length)
    assert.deepEqual(read(FIELD('key', 'k') + after), { fields: [['key', 'k']], file: ['a.png', 'image/png'], content: 'x', ended: 'end' })
    assert.deepEqual(read(FILE('x') + 'anything').ended, 'end')
    assert.deepEqual(read(FILE('')).content, '')
  })

  it('takes an empty line before the first boundary, blanks after one, and a quoted boundary', () => {
    assert.equal(read(`\r\n${FILE('x')}`).content, 'x')
    assert.equal(read(FILE('x').replace('xk\r\n', 'xk \t \r\n')).content, 'x')
    assert.equal(read(FILE('x', "a b'()+_,-./:=?"), 3, `Multipart/Form-Data; charset=utf-8; boundary="a b'()+_,-./:=?"`).content, 'x')
  })

  it('refuses what is no such form, in the words of S3', () => {
    for (const [body, type, code] of [
      [FILE('x'), undefined, 'PreconditionFailed'],
      [FILE('x'), 'application/json', 'PreconditionFailed'],
      [FILE('x'), 'multipart/form-data-x; boundary=a', 'PreconditionFailed'],
      [FILE('x'), 'multipart/form-data', 'MalformedPOSTRequest'],
      [FILE('x'), 'multipart/form-data; boundary=', 'MalformedPOSTRequest'],
      [FILE('x'), `multipart/form-data; boundary=${'a'.repeat(71)}`, 'MalformedPOSTRequest'],
      [FILE('x'), 'multipart/form-data; boundary="a\rb"', 'MalformedPOSTRequest'],
      ['', TYPE, 'MalformedPOSTRequest'],
      ['no boundary', TYPE, 'MalformedPOSTRequest'],
      [`preamble\r\n${FILE('x')}`, TYPE, 'MalformedPOSTRequest'],
      [FIELD('key', 'k'), TYPE, 'MalformedPOSTRequest'],
      [`${FIELD('key', 'k')}------form7MA4YWxk--\r\n`, TYPE, 'InvalidArgument'],
      [FILE('x').slice(0, -20), TYPE, 'MalformedPOSTRequest'],
      [FILE('x').replace('xk\r\n', 'xk!\r\n'), TYPE, 'MalformedPOSTRequest'],
      [FILE('x').replace('xk\r\n', 'xk-x'), TYPE, 'MalformedPOSTRequest'],
      [FILE('x').replace('xk\r\n', 'xk\r\r\n'), TYPE, 'MalformedPOSTRequest'],
      [FILE('x').replace('name="file"', 'title="file"'), TYPE, 'MalformedPOSTRequest'],
      [FILE('x').replace('form-data;', 'attachment;'), TYPE, 'MalformedPOSTRequest'],
    ] as const) {
      for (const size of [body.length, 1]) assert.equal(read(body, size, type ?? '').ended, code, JSON.stringify([body.slice(0, 60), type]))
    }
  })

  it('is bounded before the file, whatever grows: a value, a header, the number of fields; and not by the file', () => {
    for (const body of [
      FIELD('key', 'k'.repeat(3000)),
      FIELD('k'.repeat(3000), 'k'),
      FIELD('a', 'b').repeat(60),
      `--${'----form7MA4YWxk'}${' '.repeat(3000)}`,
      `${FIELD('a', 'b').slice(0, -5)}\r\nX: ${'y'.repeat(3000)}`,
      '\r\n'.repeat(2000),
    ]) {
      for (const size of [body.length, 1, 100]) {
        const { ended, content } = read(body + FILE('x'), size, TYPE, 2000)
        assert.deepEqual([/^(?:MaxPostPreDataLengthExceeded|MalformedPOSTRequest)$/.test(ended), content], [true, ''], ended)
      }
    }
    assert.equal(read(FIELD('key', 'k') + FILE('x'.repeat(100_000)), 4096, TYPE, 2000).ended, 'end')
    assert.equal(read(FIELD('key', 'k'.repeat(3000)), 1, TYPE, 2000).ended, 'MaxPostPreDataLengthExceeded')
  })

  it('gives the same for pieces of any size, and throws at no bytes', () => {
    const bits = fc.constantFrom(
      FIELD('key', 'k'),
      FIELD('a', '\r\n--'),
      FILE('x'),
      '------form7MA4YWxk',
      '\r\n',
      '\r',
      '--',
      'x',
      '"',
      'Content-Disposition: form-data; name="b"\r\n\r\n',
    )
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 12 }), fc.integer({ min: 1, max: 40 }), (pieces, size) => {
        const body = pieces.join('')
        assert.deepEqual(read(body, size), read(body))
      }),
      { numRuns: 400, seed: 7578 },
    )
  })

  it('gives back the file that was sent', () => {
    const byte = fc.constantFrom(...'\r\n-form7MA4YWxk\u0000\u00ff')
    fc.assert(
      fc.property(fc.string({ unit: byte, maxLength: 200 }), fc.integer({ min: 1, max: 30 }), (content, size) => {
        if (content.includes('\r\n------form7MA4YWxk')) return
        assert.equal(read(FIELD('key', 'k') + FILE(content), size).content, content)
      }),
      { numRuns: 400, seed: 2388 },
    )
  })

  it('takes time that grows with the body, whatever stands in it', () => {
    const near = '\r\n------form7MA4YWx'.repeat(100_000)
    const started = performance.now()
    assert.equal(read(FILE(near), 65_536).content.length, near.length)
    assert.ok(performance.now() - started < 3000)
  })
})

describe('fieldNames', () => {
  it('reads names as browsers write them', () => {
    for (const [value, name, fileName] of [
      ['form-data; name="file"; filename="a.txt"', 'file', 'a.txt'],
      ['form-data; name=file; filename=a.txt', 'file', 'a.txt'],
      ['Form-Data ;NAME="file" ; FileName="C:\\up\\a.txt"', 'file', 'C:\\up\\a.txt'],
      ['form-data; name="a;b=c"; filename="say \\"hi\\".txt"', 'a;b=c', 'say "hi".txt'],
      ['form-data; filename="x; name=evil"; name="key"', 'key', 'x; name=evil'],
      ['form-data; name="a"; name="b"', 'a', undefined],
      ['form-data; name=""', '', undefined],
      ['form-data; name="a', undefined, undefined],
      ['form-data', undefined, undefined],
      ['attachment; name="a"', undefined, undefined],
      ['', undefined, undefined],
    ] as const)
      assert.deepEqual(fieldNames(value), { name, fileName }, value)
    const started = performance.now()
    fieldNames(`form-data; name="${'\\"'.repeat(100_000)}`)
    fieldNames(`form-data; ${'a=;'.repeat(100_000)}`)
    assert.ok(performance.now() - started < 1000)
  })
})
