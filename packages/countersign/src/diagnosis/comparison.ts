/** The two canonical requests laid side by side, where both are known: what every report's comparison is made of. */
import type { CaseFile } from '../case/index.js'
import { type CanonicalRequestPart, canonicalRequest, type SigningInputs } from '../sigv4/index.js'
import { type Location, sameUnlessMasked } from '../text/index.js'
import type { ComparedLine, Comparison, TextOrigin } from './finding.js'

/**
 * The comparison of a case.
 *
 * @param proven The inputs as the signer had them, where a proof shows them: they stand in for a text nobody quoted.
 */
export function comparisonOf(file: CaseFile, proven: SigningInputs | undefined): Comparison | undefined {
  const verifier = verifierText(file)
  const signer = signerText(file, proven)
  if (verifier === undefined || signer === undefined) return undefined
  if (isTooLong(signer.text) || isTooLong(verifier.text)) return undefined
  const lines = comparedLines(signer.text, verifier.text)
  return lines.every(({ same }) => same) ? undefined : { signer: originOf(signer), verifier: originOf(verifier), lines }
}

/** Why two texts that are known are not compared. */
export function notCompared(file: CaseFile, proven: SigningInputs | undefined): string | undefined {
  const texts = [verifierText(file), signerText(file, proven)]
  if (texts.some((side) => side === undefined) || !texts.some((side) => isTooLong(side!.text))) return undefined
  return `A canonical request of more than ${MOST_LINES.toLocaleString('en')} lines is not compared line by line.`
}

function isTooLong(text: string): boolean {
  let lines = 1
  for (let at = text.indexOf('\n'); at >= 0 && lines <= MOST_LINES; at = text.indexOf('\n', at + 1)) lines++
  return lines > MOST_LINES
}

interface SideText {
  readonly text: string
  readonly origin: TextOrigin['origin']
  readonly from: Location | undefined
}

function verifierText({ verifier, wire, inputs, inputsFrom }: CaseFile): SideText | undefined {
  const quoted = verifier.canonicalRequest
  if (quoted !== undefined) return { text: quoted.text, origin: 'quoted', from: quoted.location }
  if (inputs === undefined || inputsFrom !== 'wire' || inputs.payloadHash === undefined) return undefined
  return { text: canonicalRequest(inputs), origin: 'rebuilt', from: wire.request?.location }
}

function signerText({ signer, sameAttempt }: CaseFile, proven: SigningInputs | undefined): SideText | undefined {
  const quoted = signer.canonicalRequest
  if (quoted !== undefined && sameAttempt) return { text: quoted.text, origin: 'quoted', from: quoted.location }
  return proven === undefined ? undefined : { text: canonicalRequest(proven), origin: 'rebuilt', from: undefined }
}

function originOf({ origin, from }: SideText): TextOrigin {
  return from === undefined ? { origin } : { origin, from }
}

/** Lines paired so that as many as can be are the same, or at least of one name. Texts beyond all measure are paired by number. */
export function comparedLines(signer: string, verifier: string): readonly ComparedLine[] {
  const [left, right] = [namedLines(signer), namedLines(verifier)]
  const pairs = left.length * right.length > MOST_CELLS ? byNumber(left, right) : aligned(left, right)
  return pairs.map(([a, b]): ComparedLine => {
    const part = (a ?? b)!.part
    if (a === undefined) return { part, verifier: b!.text, same: false }
    if (b === undefined) return { part, signer: a.text, same: false }
    return { part, signer: a.text, verifier: b.text, same: sameUnlessMasked(a.text, b.text) }
  })
}

interface NamedLine {
  readonly text: string
  readonly part: CanonicalRequestPart
  /** What pairs it with the other side's line of another text: a header's name, else the part. */
  readonly name: string
}
type Pair = readonly [signer: NamedLine | undefined, verifier: NamedLine | undefined]

/** What each line is: by its place, and a header by its name. A text that is no canonical request is named by place all the same. */
function namedLines(text: string): readonly NamedLine[] {
  const lines = text.split('\n')
  return lines.map((line, i): NamedLine => {
    const part = partAt(lines, i)
    const colon = line.indexOf(':')
    return { text: line, part, name: part === 'canonical-headers' && colon >= 0 ? `:${line.slice(0, colon).trim().toLowerCase()}` : part }
  })
}

function partAt(lines: readonly string[], i: number): CanonicalRequestPart {
  const fromEnd = lines.length - 1 - i
  if (i === 0) return 'method'
  if (i === 1) return 'canonical-uri'
  if (fromEnd === 0) return 'payload-hash'
  if (fromEnd === 1) return 'signed-headers'
  // A text that lacks the line of the query has a header in its place.
  return i === 2 && !/^[a-z0-9-]{1,80}:/.test(lines[i]!) ? 'canonical-query-string' : 'canonical-headers'
}

function worthOf(a: NamedLine, b: NamedLine): number {
  if (a.text === b.text) return a.text === '' ? 2 : 4
  return a.name === b.name && a.text !== '' && b.text !== '' ? 2 : a.part === b.part && a.part !== 'canonical-headers' ? 1 : 0
}

/** The alignment that is worth most, by the table of best worths from each pair of places on. */
function aligned(left: readonly NamedLine[], right: readonly NamedLine[]): readonly Pair[] {
  const width = right.length + 1
  const best = new Int32Array((left.length + 1) * width)
  const at = (i: number, j: number): number => best[i * width + j]!
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const worth = worthOf(left[i]!, right[j]!)
      best[i * width + j] = Math.max(worth > 0 ? worth + at(i + 1, j + 1) : 0, at(i + 1, j), at(i, j + 1))
    }
  }
  const pairs: Pair[] = []
  let [i, j] = [0, 0]
  while (i < left.length && j < right.length) {
    const worth = worthOf(left[i]!, right[j]!)
    if (worth > 0 && at(i, j) === worth + at(i + 1, j + 1)) pairs.push([left[i++], right[j++]])
    else if (at(i, j) === at(i + 1, j)) pairs.push([left[i++], undefined])
    else pairs.push([undefined, right[j++]])
  }
  while (i < left.length) pairs.push([left[i++], undefined])
  while (j < right.length) pairs.push([undefined, right[j++]])
  return pairs
}

function byNumber(left: readonly NamedLine[], right: readonly NamedLine[]): readonly Pair[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, i): Pair => [left[i], right[i]])
}

const MOST_CELLS = 250_000
const MOST_LINES = 1000
