/** What every evidence reader must do: read its samples, and never throw, whatever the bytes. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Observation, ObservationOf, Side } from '../../src/case/observation.ts'
import type { EvidenceReader } from '../../src/case/reader.ts'

/** What a reader says of a text, whose side may be declared. */
export function read(reader: EvidenceReader, text: string, side?: Side): readonly Observation[] {
  return reader.read({ name: 'evidence.txt', text, ...(side !== undefined && { side }) })
}

export function seenOf<Kind extends Observation['kind']>(seen: readonly Observation[], kind: Kind): ObservationOf<Kind>[] {
  return seen.filter((one): one is ObservationOf<Kind> => one.kind === kind)
}

/** The kinds of observations, in order. */
export function kinds(seen: readonly Observation[]): Observation['kind'][] {
  return seen.map(({ kind }) => kind)
}

export function factsOf(seen: readonly Observation[]): Readonly<Record<string, Readonly<Record<string, string>>>> {
  return Object.fromEntries(seenOf(seen, 'stated').map((one) => [one.fact, one.values]))
}

/** The laws, as tests of their own. */
export function readerLaws(reader: EvidenceReader): void {
  test(`${reader.id}: has samples, recognises and reads them`, () => {
    assert.ok(reader.samples.length >= 2)
    for (const sample of reader.samples) {
      assert.ok(reader.recognize(sample), sample)
      assert.ok(read(reader, sample).length > 0, sample)
    }
  })

  test(`${reader.id}: never throws, and its locations lie within the text`, () => {
    const whole = (text: string): void => {
      assert.equal(typeof reader.recognize(text), 'boolean')
      for (const one of read(reader, text)) {
        assert.equal(one.location.source, 'evidence.txt')
        assert.ok(one.location.start >= 0 && one.location.end <= text.length && one.location.start <= one.location.end)
      }
    }
    const bytes = fc.uint8Array({ maxLength: 400 }).map((array) => String.fromCharCode(...array))
    fc.assert(fc.property(bytes, whole), { numRuns: 200 })
    const samples = fc.constantFrom(...reader.samples)
    const mutated = fc
      .tuple(samples, fc.nat(2000), fc.nat(60), bytes)
      .map(
        ([sample, at, cut, put]) =>
          sample.slice(0, at % (sample.length + 1)) + put.slice(0, 20) + sample.slice((at % (sample.length + 1)) + cut),
      )
    fc.assert(fc.property(mutated, whole), { numRuns: 300 })
    fc.assert(
      fc.property(samples, fc.nat(2000), (sample, end) => whole(sample.slice(0, end))),
      { numRuns: 200 },
    )
  })

  test(`${reader.id}: takes time in step with the length of the text`, () => {
    const hard = [
      '<Error>',
      '<Error><Code>',
      '{"message":"',
      "{'message': '",
      '{',
      '\\n',
      '&lt;Error&gt;',
      "Invalid header value '",
      'x-amz-date: a signature ',
      'x-amzn-errortype:',
      ' SignatureDoesNotMatch:',
      '\r\n',
      "'",
    ]
    for (const piece of [...hard, ...reader.samples]) {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length))
      // Processor time, so that a busy machine is no fault; what takes the square of the length takes minutes.
      const before = process.cpuUsage()
      if (reader.recognize(text)) read(reader, text)
      const { user, system } = process.cpuUsage(before)
      const milliseconds = (user + system) / 1000
      assert.ok(milliseconds < 6000, `${piece.slice(0, 40)}: ${Math.round(milliseconds)} ms`)
    }
  })
}
