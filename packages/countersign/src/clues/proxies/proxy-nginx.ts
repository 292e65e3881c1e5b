/**
 * Hints out of an nginx configuration: what is sent on differs from what came in.
 * @see https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header
 */

import { type About, clueAt, lineNumbers, type Observation, type Strength, type Values } from '../../case/index.js'
import { type Block, blockAround, type Directive, inForce, nginxDirectives } from '../../text/index.js'
import { HOP_BY_HOP, SIGNED_NAME } from './proxy-rule.js'

type Say = (at: Directive, rule: string, about: About, strength: Strength, message: string, values?: Values) => readonly Observation[]

/** The hints of every block that passes requests on. */
export function nginxHints(text: string, source: string): readonly Observation[] {
  if (!/\bproxy_pass\b|\bproxy_set_header\b|\brewrite\b|\bmerge_slashes\b/.test(text)) return []
  const directives = nginxDirectives(text)
  const lineOf = lineNumbers(text)
  const say: Say = ({ at }, rule, about, strength, message, values = {}) => [
    clueAt(text, source, at, { rule, about, strength, message, values }, lineOf(at)),
  ]
  const passes = directives.filter(({ name }) => name === 'proxy_pass').slice(0, MOST_JUDGED)
  // A snippet without proxy_pass, as an ingress has, is judged by the headers it sets.
  const loose = passes.length === 0 ? directives.filter(({ name }) => name === 'proxy_set_header').slice(0, MOST_JUDGED) : []
  const judged = new Set<Directive>()
  const once = (all: readonly Directive[]): readonly Directive[] => all.filter((one) => !judged.has(one) && judged.add(one).size > 0)
  const signs = SIGNS_HERE.test(text)
  return [
    ...passes.flatMap((pass) => [
      ...hostHints(pass, signs, say),
      ...once(inForce(pass.block, 'proxy_set_header')).flatMap((one) => headerHints(one, signs, say)),
      ...pathHints(pass, say),
      ...cacheHints(pass.block, say),
    ]),
    ...loose.flatMap((one) => [
      ...headerHints(one, signs, say),
      ...(signs || !/^host$/i.test(one.words[0] ?? '') ? [] : hostValue(one, undefined, say)),
    ]),
    ...directives.flatMap((one) => changeHints(one, say)),
  ]
}

function hostHints(pass: Directive, signs: boolean, say: Say): readonly Observation[] {
  const set = inForce(pass.block, 'proxy_set_header')
  const host = set.find(({ words }) => /^host$/i.test(words[0] ?? ''))
  if (host !== undefined) return signs ? [] : hostValue(host, pass, say)
  if (signs || set.some(({ words }) => /^authorization$/i.test(words[0] ?? '') && words[1] === '')) return []
  const lost = set.some(({ block }) => block === pass.block) && outerSetsHost(pass.block)
  const message = lost
    ? 'this block has proxy_set_header lines of its own, so those of the block around it, with Host, do not hold here; the name of the upstream is sent as Host.'
    : 'proxy_pass without proxy_set_header Host sends the name of the upstream as Host, and Host is always signed.'
  return say(pass, 'nginx-host-missing', 'host-rewritten', lost ? 'strong' : 'fair', message, visitorsHost(pass.block))
}

function hostValue(host: Directive, pass: Directive | undefined, say: Say): readonly Observation[] {
  const value = host.words[1] ?? ''
  const target = pass?.words[0] ?? ''
  const values = visitorsHost(host.block)
  if (/^\$(?:http_)?host$/.test(value) && AWS_TARGET.test(target))
    return say(
      host,
      'nginx-host-to-aws',
      'host-rewritten',
      'strong',
      "proxy_set_header Host passes the visitor's Host on to a service that knows another name.",
      values,
    )
  if (value === '$http_host') return []
  if (/^\$\{?host\}?$/.test(value))
    return say(
      host,
      'nginx-host-port',
      'host-port-changed',
      listensElsewhere(host.block) ? 'fair' : 'weak',
      'proxy_set_header Host $host leaves the port out; $http_host keeps the Host as it was signed.',
    )
  if (/^\$(?:http_)?host:/.test(value))
    return say(
      host,
      'nginx-host-port',
      'host-port-changed',
      'fair',
      `proxy_set_header Host ${value} adds a port to the Host that was signed.`,
    )
  // A bucket that is passed on under its own name, with the client's signature taken off, needs no signature.
  if (clearsAuthorization(host.block)) return []
  return say(
    host,
    'nginx-host',
    'host-rewritten',
    value !== '' && target.includes(value) && AWS_TARGET.test(target) ? 'fair' : 'strong',
    `proxy_set_header Host sends ${value === '' ? 'nothing' : value} instead of the Host that was signed.`,
    values,
  )
}

function headerHints(set: Directive, signs: boolean, say: Say): readonly Observation[] {
  const [name = '', value = ''] = set.words
  const lower = name.toLowerCase()
  if (lower === 'host' || HOP_BY_HOP.test(lower) || !SIGNED_NAME.test(lower)) return []
  const own = `$http_${lower.replace(/-/g, '_')}`
  if (value === own || value === `$${lower.replace(/-/g, '_')}`) return []
  if (signs && value.startsWith('$')) return []
  if (lower === 'authorization' && value === '') return []
  return value === ''
    ? say(set, 'nginx-header', 'header-removed-in-transit', 'fair', `proxy_set_header takes ${lower} away.`, { header: lower })
    : say(set, 'nginx-header', 'header-changed-in-transit', 'strong', `proxy_set_header sets ${lower} anew.`, { header: lower })
}

function pathHints(pass: Directive, say: Say): readonly Observation[] {
  const found = /^https?:\/\/[^/\s$]{1,200}(\/.{0,300}|\$.{0,300})?$/.exec(pass.words[0] ?? '')
  const uri = found?.[1]
  if (uri === undefined || uri === '$request_uri') return []
  const location = blockAround(pass.block, 'location')?.head
  const prefix = location?.words.find((word) => word.startsWith('/') || word.startsWith('^'))
  if (/\$(?:uri|document_uri)\b/.test(uri))
    return say(
      pass,
      'nginx-pass-decoded',
      'path-encoded-differently',
      'fair',
      '$uri is the path decoded; $request_uri is the path as it came.',
    )
  if (/\$\d/.test(uri)) {
    const dropped = /^\^?~?\*?\^?(\/[\w.-]{1,60})/.exec(prefix ?? '')?.[1]
    const message = 'proxy_pass puts the path together from captured pieces, which are decoded'
    return say(pass, 'nginx-pass-path', 'path-rewritten', 'fair', `${message}${dropped === undefined ? '' : `, without ${dropped}`}.`, {
      ...(dropped !== undefined && { prefix: dropped }),
    })
  }
  if (location?.words[0] === '=' || prefix === undefined || prefix === uri)
    return say(
      pass,
      'nginx-pass-slash',
      'path-encoded-differently',
      'weak',
      'proxy_pass with a path makes nginx send the path decoded and encoded anew; without a path it passes the request line on as it came.',
    )
  if (uri.endsWith('/') && !prefix.endsWith('/') && /^\//.test(prefix))
    return say(
      pass,
      'nginx-pass-two-slashes',
      'path-normalized',
      'strong',
      `proxy_pass puts ${uri} for ${prefix}, which has no slash at its end: the path that is sent on has two slashes in a row.`,
    )
  return say(
    pass,
    'nginx-pass-path',
    'path-rewritten',
    'fair',
    `proxy_pass with a path replaces ${prefix.replace(/\/$/, '') || '/'} of the location by ${uri}, and the path is signed.`,
  )
}

function cacheHints(block: Block, say: Say): readonly Observation[] {
  const cache = inForce(block, 'proxy_cache')[0]
  if (cache === undefined || cache.words[0] === 'off') return []
  const converts = inForce(block, 'proxy_cache_convert_head')[0]?.words[0] !== 'off'
  return [
    ...say(cache, 'nginx-cache', 'header-removed-in-transit', 'weak', 'proxy_cache leaves out Range and the If- headers of the request.'),
    ...(converts
      ? say(cache, 'nginx-cache-head', 'method-changed', 'weak', 'proxy_cache asks with GET where the client asked with HEAD.')
      : []),
  ]
}

/** What changes the request wherever it stands. */
function changeHints(one: Directive, say: Say): readonly Observation[] {
  const [first = '', second = ''] = one.words
  if (one.name === 'rewrite' && /^(?:https?:|\$scheme:)/.test(second))
    return say(one, 'nginx-redirect', 'redirect-followed', 'fair', 'rewrite redirects to another host, where the signature does not hold.')
  if (one.name === 'rewrite' && second !== '' && second !== '$request_uri') {
    const prefix = /^\^?(\/[\w.-]{1,60})/.exec(first)?.[1]
    return say(
      one,
      'nginx-rewrite',
      'path-rewritten',
      'fair',
      `rewrite changes the path after it was signed${prefix === undefined ? '' : `: ${prefix}`}.`,
    )
  }
  if (one.name === 'merge_slashes' && first === 'on')
    return say(
      one,
      'nginx-merge',
      'path-normalized',
      'fair',
      'merge_slashes makes one slash of several, and the path is signed with all of them.',
    )
  if (one.name === 'set' && /^\$(?:args|query_string)$/.test(first))
    return say(one, 'nginx-args', 'query-changed-in-transit', 'fair', 'the query is set anew after it was signed.')
  if (one.name === 'proxy_method')
    return say(one, 'nginx-method', 'method-changed', 'fair', 'proxy_method sends another method than was signed.')
  if (one.name === 'proxy_set_body')
    return say(one, 'nginx-body', 'payload-replaced', 'fair', 'proxy_set_body sends another body than was signed.')
  if (one.name === 'proxy_pass_request_body' && first === 'off')
    return say(one, 'nginx-body', 'payload-replaced', 'fair', 'proxy_pass_request_body off drops the body that was signed.')
  if (one.name === 'proxy_pass_request_headers' && first === 'off')
    return say(
      one,
      'nginx-headers-off',
      'header-removed-in-transit',
      'fair',
      'proxy_pass_request_headers off drops the headers that were signed.',
    )
  return []
}

function outerSetsHost(block: Block): boolean {
  for (let at = block.parent; at !== undefined; at = at.parent)
    if (at.directives.some(({ name, words }) => name === 'proxy_set_header' && /^host$/i.test(words[0] ?? ''))) return true
  return false
}

function clearsAuthorization(block: Block): boolean {
  return inForce(block, 'proxy_set_header').some(({ words }) => /^authorization$/i.test(words[0] ?? '') && (words[1] ?? '') === '')
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

/** Each is judged by all directives in force where it stands. */
const MOST_JUDGED = 200
// A module or script that signs in nginx itself signs what nginx then sends.
const SIGNS_HERE =
  /\baws_(?:sign|access_key|signing_key|s3_bucket|auth)\b|\bs3_auth_token\b|\$upstream_http_authorization\b|\bjs_(?:set|content|import)\s|\bset_by_lua|\baccess_by_lua|\brewrite_by_lua/
const AWS_TARGET =
  /amazonaws\.com|backblazeb2\.com|digitaloceanspaces\.com|r2\.cloudflarestorage\.com|wasabisys\.com|storage\.googleapis\.com/
