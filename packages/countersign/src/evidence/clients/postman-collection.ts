/**
 * Postman collections (v2.1) whose requests are signed with "AWS Signature", and the variables they use.
 * @see https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html
 */

import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import type { Header } from '../../sigv4/index.js'
import { byteText, memberOf } from '../../text/index.js'
import { type KeptRequest, keptObservations } from './kept-request.js'

export const postmanCollection: EvidenceReader = {
  id: 'postman-collection',
  reads: 'Postman collections with the authorization "AWS Signature"',
  samples: [
    '{"info":{"name":"api","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},"item":[{"name":"list","request":{"method":"GET","auth":{"type":"awsv4","awsv4":[{"key":"service","value":""},{"key":"region","value":"us-east-1"},{"key":"accessKey","value":"{{key}}"}]},"url":{"raw":"https://a1b2c3d4e5.execute-api.eu-west-3.amazonaws.com/prod/items"}}}],"variable":[{"key":"key","value":"AKIAIOSFODNN7EXAMPLE"}]}',
    '{"info":{"schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},"auth":{"type":"awsv4","awsv4":{"service":"es","region":"eu-west-3","accessKey":"ASIAIOSFODNN7EXAMPLE"}},"item":[{"name":"search","request":{"method":"POST","url":"https://search-demo.eu-west-3.es.amazonaws.com/_search","body":{"mode":"raw","raw":"{}"}}}]}',
  ],
  recognize: (text) => text.includes('"awsv4"') && /"(?:info|item|request|auth)"\s{0,10}:/.test(text),
  read,
}

function read(source: EvidenceSource): readonly Observation[] {
  const kept = postmanRequests(source)
  const location = { source: source.name, start: 0, end: source.text.length }
  if (kept === undefined)
    return [{ kind: 'unreadable', reason: 'looks like a Postman collection, but is not whole JSON', location, fidelity: 'exact' }]
  return kept.flatMap(keptObservations)
}

/** The requests of a collection; `undefined` where it is not whole. */
export function postmanRequests({ name, text }: EvidenceSource): readonly KeptRequest[] | undefined {
  if (!postmanCollection.recognize(text)) return []
  const location = { source: name, start: 0, end: text.length }
  const collection = parsed(text)
  if (collection === undefined) return undefined
  const variables = new Map(pairs(memberOf(collection, 'variable')))
  const found: KeptRequest[] = []
  const visit = (value: unknown, inherited: unknown, depth: number): void => {
    const auth = memberOf(value, 'auth') ?? inherited
    const items = memberOf(value, 'item')
    if (Array.isArray(items) && depth < 20) for (const item of items.slice(0, MOST)) visit(item, auth, depth + 1)
    const request = memberOf(value, 'request')
    const own = memberOf(request, 'auth') ?? auth
    if (request === undefined || memberOf(own, 'type') !== 'awsv4' || found.length > MOST) return
    const settings = settingsOf(memberOf(own, 'awsv4'))
    const setting = (key: string): string => filled(settings.get(key) ?? '', variables)
    const url = memberOf(request, 'url')
    found.push({
      client: 'postman',
      location,
      name: string(memberOf(value, 'name')),
      method: string(memberOf(request, 'method')) || 'GET',
      url: filled(string(typeof url === 'string' ? url : memberOf(url, 'raw')), variables),
      headers: pairs(memberOf(request, 'header')),
      service: setting('service'),
      region: setting('region'),
      accessKeyId: setting('accessKey'),
      secretAccessKey: setting('secretKey'),
      sessionToken: setting('sessionToken'),
    })
  }
  visit(collection, undefined, 0)
  if (memberOf(collection, 'request') === undefined && memberOf(collection, 'method') !== undefined)
    visit({ request: collection }, undefined, 0)
  return found
}

/** Older files keep the settings as an object, newer ones as a list of pairs. */
function settingsOf(value: unknown): ReadonlyMap<string, string> {
  if (Array.isArray(value)) return new Map(pairs(value))
  return new Map(Object.entries(value ?? {}).map(([key, one]) => [key, string(one)]))
}

/** `[{"key": ..., "value": ...}]`, without what is switched off. */
function pairs(list: unknown): readonly Header[] {
  return Array.isArray(list)
    ? list.flatMap((one): Header[] =>
        memberOf(one, 'disabled') === true ? [] : [[string(memberOf(one, 'key')), string(memberOf(one, 'value'))]],
      )
    : []
}

function filled(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(/\{\{([\w.-]{1,80})\}\}/g, (whole, name: string) => variables.get(name) || whole)
}

function string(value: unknown): string {
  return typeof value === 'string' ? byteText(value) : ''
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const MOST = 500
