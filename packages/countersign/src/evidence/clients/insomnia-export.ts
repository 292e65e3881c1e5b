/**
 * Insomnia exports, version 4 (JSON) and 5 (YAML), whose requests are signed with "AWS IAM v4".
 * @see https://docs.insomnia.rest/insomnia/import-export-data
 */

import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import type { Header } from '../../sigv4/index.js'
import { byteText, type Location, locationOf, memberOf } from '../../text/index.js'
import { type KeptRequest, keptObservations } from './kept-request.js'
import { notatedLines } from './notated-messages.js'

export const insomniaExport: EvidenceReader = {
  id: 'insomnia-export',
  reads: 'Insomnia exports (JSON and YAML) with the authentication "AWS IAM v4"',
  samples: [
    '{"_type":"export","__export_format":4,"resources":[{"_type":"request","name":"list","method":"GET","url":"https://a1b2c3d4e5.execute-api.eu-west-3.amazonaws.com/prod/items","headers":[{"name":"Accept","value":"application/json"}],"body":{},"authentication":{"type":"iam","accessKeyId":"AKIAIOSFODNN7EXAMPLE","secretAccessKey":"","sessionToken":"","region":"eu-west-1","service":"execute-api"}}]}',
    'type: collection.insomnia.rest/5.0\ncollection:\n  - url: https://examplebucket.s3.eu-west-3.amazonaws.com/a.txt\n    name: get\n    method: GET\n    authentication:\n      type: iam\n      accessKeyId: ASIAIOSFODNN7EXAMPLE\n      region: eu-west-3\n      service: s3\n',
  ],
  recognize: (text) => JSON_EXPORT.test(text) || YAML_EXPORT.test(text),
  read(source) {
    const kept = insomniaRequests(source)
    return kept === undefined ? [notWhole(source)] : kept.flatMap(keptObservations)
  },
}

/** The requests of an export; `undefined` where it is not whole. */
export function insomniaRequests(source: EvidenceSource): readonly KeptRequest[] | undefined {
  return JSON_EXPORT.test(source.text) ? jsonRequests(source) : YAML_EXPORT.test(source.text) ? yamlRequests(source) : []
}

function notWhole({ name, text }: EvidenceSource): Observation {
  const reason = 'looks like an export of Insomnia, but is not whole JSON with resources'
  return { kind: 'unreadable', reason, location: { source: name, start: 0, end: text.length }, fidelity: 'exact' }
}

function jsonRequests({ name, text }: EvidenceSource): readonly KeptRequest[] | undefined {
  const location = { source: name, start: 0, end: text.length }
  let resources: unknown
  try {
    resources = memberOf(JSON.parse(text), 'resources')
  } catch {
    resources = undefined
  }
  if (!Array.isArray(resources)) return undefined
  return resources.slice(0, MOST).flatMap((one) => {
    const settings = memberOf(one, 'authentication')
    if (memberOf(settings, 'type') !== 'iam' || memberOf(settings, 'disabled') === true) return []
    const headers = memberOf(one, 'headers')
    const kept = keptRequest(
      location,
      (key) => string(memberOf(one, key)),
      (key) => string(memberOf(settings, key)),
    )
    const named = (header: unknown): Header => [string(memberOf(header, 'name')), string(memberOf(header, 'value'))]
    return [{ ...kept, headers: Array.isArray(headers) ? headers.map(named) : [] }]
  })
}

/** The few members that matter, by their indent: this is no reader of YAML. */
function yamlRequests({ name, text }: EvidenceSource): readonly KeptRequest[] {
  const lines = notatedLines(text)
  const found: KeptRequest[] = []
  let own = new Map<string, string>()
  let settings: Map<string, string> | undefined
  let first = 0
  let indent = 0
  const close = (last: number): void => {
    if (settings?.get('type') !== 'iam' || found.length > MOST) return
    const kept = keptRequest(
      locationOf(name, lines[first], lines[last]),
      (key) => own.get(key) ?? '',
      (key) => settings?.get(key) ?? '',
    )
    found.push(kept)
  }
  for (let i = 0; i < lines.length; i++) {
    const match = MEMBER.exec(lines[i]!.text.slice(0, 9000))
    if (match === null) continue
    const [, space, dash, key, value] = match
    if (dash !== '' && (key === 'url' || key === 'name')) {
      close(i - 1)
      ;[own, settings, first] = [new Map(), undefined, i]
    }
    if (key === 'authentication' && value === '') [settings, indent] = [new Map(), space!.length]
    else if (settings !== undefined && space!.length > indent && settings.size < 20) settings.set(key!, bare(value!))
    else if (!own.has(key!)) own.set(key!, bare(value!))
  }
  close(lines.length - 1)
  return found
}

function keptRequest(location: Location, own: (key: string) => string, setting: (key: string) => string): KeptRequest {
  return {
    client: 'insomnia',
    location,
    name: own('name'),
    method: own('method') || 'GET',
    url: own('url'),
    headers: [],
    service: setting('service'),
    region: setting('region'),
    accessKeyId: setting('accessKeyId'),
    secretAccessKey: setting('secretAccessKey'),
    sessionToken: setting('sessionToken'),
  }
}

function bare(value: string): string {
  return /^(?:"[^"]*"|'[^']*')$/.test(value) ? value.slice(1, -1) : value
}

function string(value: unknown): string {
  return typeof value === 'string' ? byteText(value) : ''
}

const JSON_EXPORT = /"__export_format"\s{0,4}:\s{0,4}\d/
const YAML_EXPORT = /^type: ["']?collection\.insomnia\.rest\//m
const MEMBER = /^( {0,80})((?:- )?)([A-Za-z]{1,40}): {0,8}(.{0,8000}?)\s{0,20}$/
const MOST = 500
