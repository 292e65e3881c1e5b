/** Which values of an explanation were read: only those may be shown as signed or calculated where nothing was proven. */
import type { CaseFile, Observation } from '../case/index.js'
import type { Label } from '../causes/index.js'
import { canonicalRequest, uriDecode } from '../sigv4/index.js'

/** Whether both values of a label stand in the evidence, or are what the specification makes of a request in it. */
export function wasRead(file: CaseFile): (label: Label) => boolean {
  let texts: readonly string[] | undefined
  return ({ calculated, signed }) => {
    texts ??= textsRead(file)
    const all = texts
    return [calculated, signed].every((value) => value.split('\n').every((line) => line === '' || all.some((text) => text.includes(line))))
  }
}

function textsRead(file: CaseFile): readonly string[] {
  const made = [file.inputs, file.inputsSeen].flatMap((inputs) => (inputs === undefined ? [] : [canonicalRequest(inputs)]))
  const parts = [file.signer.parts, file.verifier.parts].flatMap((one) => (one === undefined ? [] : Object.values(one)))
  const seen = file.observations.flatMap(textsOf)
  return [...made, ...parts, ...seen, ...seen.map(uriDecode)]
}

function textsOf(one: Observation): readonly string[] {
  switch (one.kind) {
    case 'request':
      return [
        one.request.method,
        one.request.target,
        ...one.request.headers.flatMap(([name, value]) => [`${name.toLowerCase()}:${value.trim()}`, value]),
      ]
    case 'request-line':
      return [one.line.method, one.line.target, one.line.host ?? '', `host:${one.line.host ?? ''}`]
    case 'canonical-request':
    case 'string-to-sign':
      return [one.text]
    case 'clue':
    case 'stated':
      return Object.entries(one.values).flatMap(([name, value]) => [value, `${name}:${value}`, `host:${value}`])
    case 'error':
      return [one.message, ...one.elements.map(([, value]) => value)]
    case 'response':
      return one.headers.map(([, value]) => value)
    case 'authorization':
    case 'signature':
    case 'access-key-id':
      return [one.value]
    default:
      return []
  }
}
