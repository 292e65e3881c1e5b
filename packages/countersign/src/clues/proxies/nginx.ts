/**
 * What an nginx configuration changes in a request. Directives are inherited from block to block, so they are not rows of a table.
 * @see https://nginx.org/en/docs/http/ngx_http_proxy_module.html
 */

import { type Clue, lineNumbers, type Values } from '../../case/index.js'
import { type Block, blockAround, type Directive, inForce, nginxDirectives } from '../../text/index.js'
import { effectClue, headerEffect, type Seen, SIGNS, strengthOf } from './directives.js'
import { nginxMend } from './nginx-mends.js'

/** What a directive does, and what more is known of it. */
type Change = Omit<Seen, 'product' | 'directive'> & { readonly by: Directive }

/**
 * The clues of every block that passes requests on.
 * @param whole The text that `text` is a part of, at the same places; a part of a sentence is not mended.
 */
export function nginxClues(text: string, source: string, whole = text): readonly Clue[] {
  if (!/\bproxy_(?:pass|set_header|redirect)|\brewrite\b|\bmerge_slashes\b|\breturn[ \t]30\d|\bset[ \t]{1,20}\$/.test(text)) return []
  const directives = nginxDirectives(text)
  const passes = directives.filter(({ name }) => name === 'proxy_pass').slice(0, MOST_JUDGED)
  // A snippet without proxy_pass, as an ingress has, is judged by the headers it sets.
  const loose = passes.length === 0 ? directives.filter(({ name }) => name === 'proxy_set_header').slice(0, MOST_JUDGED) : []
  const signs = SIGNS.test(whole)
  const set = new Set([...loose, ...passes.flatMap(({ block }) => inForce(block, 'proxy_set_header'))])
  const changes: readonly Change[] = [
    ...passes.flatMap((pass) => [...(signs ? [] : hostChanges(pass)), ...pathChanges(pass), ...cacheChanges(pass.block)]),
    ...(signs ? [] : loose.filter(setsHost).flatMap((one) => hostValue(one, ''))),
    ...[...set].flatMap((one) => headerChanges(one, signs)),
    ...directives.flatMap(otherChanges),
  ]
  const lineOf = lineNumbers(whole)
  return changes.flatMap(({ by, ...change }) => {
    // The value of another header than Host may be a secret.
    const shown = by.name === 'proxy_set_header' ? by.words.slice(0, setsHost(by) ? 2 : 1) : []
    const directive = [by.name, ...shown].join(' ')
    const mend = whole !== text || AWS_TARGET.test(targetOf(by)) ? undefined : nginxMend(text, source, by, change.effect)
    return effectClue(whole, source, by.at, { product: 'nginx', directive, ...change, ...(mend !== undefined && { mend }) }, lineOf(by.at))
  })
}

/** Each is judged by all directives in force where it stands. */
const MOST_JUDGED = 200

function hostChanges(pass: Directive): readonly Change[] {
  const set = inForce(pass.block, 'proxy_set_header')
  const host = set.find(setsHost)
  if (host !== undefined) return hostValue(host, pass.words[0] ?? '')
  if (set.some(clearsAuthorization)) return []
  const lost = set.some(({ block }) => block === pass.block) && outerSetsHost(pass.block)
  const why = lost
    ? 'this block has proxy_set_header lines, so that those of the block around it, with Host, do not hold here'
    : "without proxy_set_header Host nginx sends the upstream's name"
  return [{ by: pass, effect: 'sends-other-host', strength: lost ? 'strong' : 'fair', why, values: visitorsHost(pass.block) }]
}

function hostValue(by: Directive, target: string): readonly Change[] {
  const value = by.words[1] ?? ''
  const aws = AWS_TARGET.test(target)
  const values = visitorsHost(by.block)
  if (/^\$(?:http_)?host$/.test(value) && aws)
    return [{ by, effect: 'sends-other-host', why: "the visitor's Host reaches a service that knows another name", values }]
  if (value === '$http_host') return []
  if (/^\$\{?host\}?$/.test(value))
    return [{ by, effect: 'changes-port', strength: listensElsewhere(by.block) ? 'fair' : 'weak', why: '$http_host keeps it' }]
  if (/^\$(?:http_)?host:/.test(value)) return [{ by, effect: 'changes-port' }]
  // A bucket that is passed on under its own name, with the client's signature taken off, needs no signature.
  if (inForce(by.block, 'proxy_set_header').some(clearsAuthorization)) return []
  return [{ by, effect: 'sends-other-host', strength: value !== '' && aws && target.includes(value) ? 'fair' : 'strong', values }]
}

function headerChanges(by: Directive, signs: boolean): readonly Change[] {
  const [name = '', value = ''] = by.words
  if (setsHost(by) || clearsAuthorization(by) || (signs && value.startsWith('$'))) return []
  const effect = headerEffect(name, value)
  return effect === undefined ? [] : [{ by, effect, ...strengthOf(effect, name), values: { header: name.toLowerCase() } }]
}

function pathChanges(by: Directive): readonly Change[] {
  const uri = /^https?:\/\/[^/\s]{0,200}?(\/.{0,300}|\$(?:request_uri|uri|document_uri|\d)\b.{0,300})?$/.exec(by.words[0] ?? '')?.[1]
  if (uri === undefined || /^\/?\$request_uri/.test(uri)) return []
  const words = blockAround(by.block, 'location')?.head?.words ?? []
  const location = words.find((word) => /^[/^]/.test(word)) ?? ''
  const captured = [...uri.matchAll(/\$\{?(\w{1,60})/g)].some(
    ([, name = '']) => /^(?:uri|document_uri|\d)$/.test(name) || location.includes(`(?<${name}>`) || location.includes(`(?P<${name}>`),
  )
  if (captured) {
    const dropped = /^\^?(\/[\w.~-]{1,60})(?=\/)/.exec(location)?.[1]
    const why = 'the variables of a location are decoded, unlike $request_uri'
    return [
      { by, effect: 'decodes-path', why },
      ...(dropped === undefined || uri.startsWith(dropped) || /\$(?:document_)?uri/.test(uri) ? [] : strips(by, dropped)),
    ]
  }
  if (uri.includes('$')) return []
  if (words[0] === '=' || location === '' || location === uri)
    return [{ by, effect: 'decodes-path', strength: 'weak', why: 'without a path nginx passes the request line on as it came' }]
  const why = `it puts ${uri} for ${location} of the location`
  if (uri === '/' && location.endsWith('/')) return strips(by, location.slice(0, -1))
  if (uri.endsWith(location)) return [{ by, effect: 'adds-prefix', values: { prefix: uri.slice(0, -location.length) } }]
  return [{ by, effect: 'rewrites-path', why: uri.endsWith('/') && !location.endsWith('/') ? `${why}, with two slashes in a row` : why }]
}

function strips(by: Directive, prefix: string): readonly Change[] {
  return [{ by, effect: 'strips-prefix', values: { prefix } }]
}

function cacheChanges(block: Block): readonly Change[] {
  const by = inForce(block, 'proxy_cache')[0]
  if (by === undefined || by.words[0] === 'off') return []
  const range: Change = { by, effect: 'removes-header', strength: 'weak', values: { header: 'range' } }
  if (inForce(block, 'proxy_cache_convert_head')[0]?.words[0] === 'off') return [range]
  return [range, { by, effect: 'changes-method', strength: 'weak', why: 'a cache asks with GET where the client asked with HEAD' }]
}

/** What changes the request wherever it stands. */
function otherChanges(by: Directive): readonly Change[] {
  const [first = '', second = ''] = by.words
  const off = first === 'off'
  if (/^(?:rewrite|return)$/.test(by.name) && /^(?:https?|\$scheme):\/\/(?!\$(?:http_)?host\b)/.test(second))
    return by.name === 'rewrite' || /^30[1278]$/.test(first) ? [{ by, effect: 'redirects' }] : []
  if (by.name === 'rewrite' && second.startsWith('/')) {
    const prefix = /^\^?(\/[\w.~-]{1,60})\/?\(/.exec(first)?.[1]
    return prefix !== undefined && /^\/\$1$/.test(second) ? strips(by, prefix) : [{ by, effect: 'rewrites-path' }]
  }
  if (by.name === 'merge_slashes' && first === 'on') return [{ by, effect: 'normalizes-path' }]
  if (by.name === 'set' && /^\$(?:args|query_string)$/.test(first)) return [{ by, effect: 'changes-query' }]
  if (by.name === 'proxy_method') return [{ by, effect: 'changes-method' }]
  if (by.name === 'proxy_set_body' || (by.name === 'proxy_pass_request_body' && off)) return [{ by, effect: 'changes-body' }]
  // A presigned URL in an answer gets another host than it was signed for.
  if (by.name === 'proxy_redirect' && otherHosts(first, second))
    return [{ by, effect: 'sends-other-host', strength: 'fair', why: 'a presigned URL in Location gets a host that it was not signed for' }]
  if (by.name === 'proxy_pass_request_headers' && off) return [{ by, effect: 'removes-header' }]
  return []
}

/** Where the requests of a directive's block go. */
function targetOf(by: Directive): string {
  return (by.name === 'proxy_pass' ? by : by.block.directives.find(({ name }) => name === 'proxy_pass'))?.words[0] ?? ''
}

function otherHosts(...urls: readonly string[]): boolean {
  const [from, to] = urls.map((url) => /^https?:\/\/([^/:$]{1,200})/.exec(url)?.[1]?.toLowerCase())
  return from !== undefined && to !== undefined && from !== to
}

function setsHost({ words }: Directive): boolean {
  return /^host$/i.test(words[0] ?? '')
}

function clearsAuthorization({ words }: Directive): boolean {
  return /^authorization$/i.test(words[0] ?? '') && (words[1] ?? '') === ''
}

function outerSetsHost(block: Block): boolean {
  return block.parent !== undefined && inForce(block.parent, 'proxy_set_header').some(setsHost)
}

function listensElsewhere(block: Block): boolean {
  const server = blockAround(block, 'server')
  return (server?.directives ?? []).some(({ name, words }) => name === 'listen' && !/(?:^|:)(?:80|443)$/.test(words[0] ?? ''))
}

/** The name under which visitors call, as far as the server block tells. */
function visitorsHost(block: Block): Values {
  const names = blockAround(block, 'server')?.directives.find(({ name }) => name === 'server_name')?.words ?? []
  const host = names.find((name) => /^[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}$/i.test(name))
  return host === undefined ? {} : { host }
}

const AWS_TARGET =
  /amazonaws\.com|backblazeb2\.com|digitaloceanspaces\.com|r2\.cloudflarestorage\.com|wasabisys\.com|storage\.googleapis\.com/
