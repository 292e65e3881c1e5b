/** What stands between the SDKs and the endpoint by setting: proxies, and whose certificates are trusted. */
import { variable } from '../chains/resolution.js'
import { type Check, check } from '../check.js'
import { setVariable } from '../fix-commands.js'
import type { Environment, Machine } from '../machine.js'
import { addressIn, isLoopback } from './address.js'
import { chosenSettings } from './chosen-settings.js'

/** @param missing Files of certificates that are not there. */
export function proxyChecks(machine: Machine, hosts: readonly string[], missing: readonly string[]): readonly Check[] {
  return [settingsCheck(machine.env), bypassCheck(machine, hosts), certificatesCheck(machine, missing)]
}

function settingsCheck(env: Environment): Check {
  const set = PROXIES.flatMap((name) => [name, name.toLowerCase()]).flatMap((name) => {
    const value = variable(env, name)
    return value === undefined ? [] : [{ name, value }]
  })
  const detail = set.map(({ name, value }) => `${name}: ${shownProxy(value)}`)
  const broken = set.filter(
    ({ value }) => value !== value.trim() || (addressIn(value) === undefined && !/^[\w.-]{1,253}(?::\d{1,5})?\/?$/.test(value)),
  )
  if (set.length === 0) return check('proxy.settings', 'ok', 'no proxy is set')
  if (broken.length > 0)
    return check('proxy.settings', 'fail', `${broken.map(({ name }) => name).join(', ')}: no address of a proxy`, { detail })
  const twofold = PROXIES.filter((name) => differs(env, name))
  if (twofold.length > 0)
    return check('proxy.settings', 'warn', `${twofold.join(', ')}: set in capitals and in small letters to two values`, { detail })
  return check('proxy.settings', 'warn', 'some SDKs go through a proxy, others past it', { detail: [...detail, ...WHO_ASKS] })
}

function differs(env: Environment, name: string): boolean {
  const [capitals, small] = [variable(env, name), variable(env, name.toLowerCase())]
  return capitals !== undefined && small !== undefined && capitals !== small
}

/** Without user and password. */
function shownProxy(value: string): string {
  const address = addressIn(value)
  if (address === undefined) return value.includes('@') ? value.slice(value.lastIndexOf('@') + 1) : value
  return `${address.scheme}://${address.host}${address.port === '' ? '' : `:${address.port}`}${address.hasUser ? ' (with a user)' : ''}`
}

function bypassCheck({ env, system }: Machine, hosts: readonly string[]): Check {
  if (PROXIES.every((name) => variable(env, name, name.toLowerCase()) === undefined)) return check('proxy.bypass', 'ok', 'no proxy is set')
  const list = (variable(env, 'NO_PROXY', 'no_proxy') ?? '').split(',').map((one) => one.trim().toLowerCase())
  const needed = [METADATA, ...hosts.filter(isLoopback)]
  const missing = [...new Set(needed)].filter((host) => !list.some((one) => covers(one, host)))
  if (missing.length === 0) return check('proxy.bypass', 'ok', 'addresses of this machine are kept away from the proxy')
  // What was there may be anything; of it only what is a host or a network is said again.
  const value = [...list.filter((one) => /^[\w.:/*[\]-]{1,253}$/.test(one)), ...missing].join(',')
  return check('proxy.bypass', 'warn', `through the proxy as well: ${missing.join(', ')}`, {
    detail: ['Keys of an instance come from its metadata address; through a proxy they are those of the proxy’s machine, or none.'],
    fix: setVariable(system, 'NO_PROXY', value),
  })
}

function covers(entry: string, host: string): boolean {
  const plain = entry.replace(/^\*?\./, '')
  return entry === '*' || (plain !== '' && (host === plain || host.endsWith(`.${plain}`)))
}

/** Files of certificates that settings name. */
export function certificateFiles(machine: Machine): readonly string[] {
  const named = [...CERTIFICATES.map((name) => variable(machine.env, name)), chosenSettings(machine).get('ca_bundle')]
  return [...new Set(named.filter((path): path is string => path !== undefined && path !== ''))]
}

function certificatesCheck(machine: Machine, missing: readonly string[]): Check {
  const files = certificateFiles(machine)
  const detail = [
    ...CERTIFICATES.flatMap((name) => (variable(machine.env, name) === undefined ? [] : [`${name}: ${variable(machine.env, name)}`])),
    ...(files.length === 0
      ? []
      : ['AWS_CA_BUNDLE is for the AWS CLI, boto3 and Go, NODE_EXTRA_CA_CERTS for JavaScript; Java has a trust store.']),
  ]
  if (missing.length > 0) return check('proxy.certificates', 'fail', `there is no such file: ${missing.join(', ')}`, { detail })
  if (machine.env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0')
    return check('proxy.certificates', 'warn', 'NODE_TLS_REJECT_UNAUTHORIZED=0: JavaScript trusts anyone who answers', { detail })
  if (files.some((path) => !USUAL.has(path)))
    return check(
      'proxy.certificates',
      'warn',
      'certificates of your own are trusted: something may open the connection and change requests',
      { detail },
    )
  return check('proxy.certificates', 'ok', 'the usual certificates are trusted')
}

const PROXIES = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'] as const
const METADATA = '169.254.169.254'
const CERTIFICATES = ['AWS_CA_BUNDLE', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'] as const
/** Where systems keep the certificates that everybody trusts. */
const USUAL: ReadonlySet<string> = new Set([
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
])
const WHO_ASKS = [
  'The AWS CLI, boto3, Go and Java read these variables; JavaScript v3 does not unless the program hands it an agent.',
  'A proxy that opens TLS can change headers that are signed.',
]
