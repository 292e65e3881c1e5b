/** The peers, each used as its users do; every one is first shown to come to the same signature. */

import { execFileSync } from 'node:child_process'
import { createHash, createHmac } from 'node:crypto'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { SignatureV4 } from '@smithy/signature-v4'
import aws4 from 'aws4'
import { DATE, EMPTY, HOST, ID, NOW, SECRET } from './requests.mjs'

const CREDENTIALS = { accessKeyId: ID, secretAccessKey: SECRET }
const HEX_END = /[0-9a-f]{64}$/

/** What an application has at hand before it signs or verifies again: the headers that are signed, by name, and the query. */
export function given({ method, target, headers }) {
  const [path, query = ''] = target.split('?')
  const signed = Object.fromEntries(headers.filter(([name]) => !/^(?:authorization|user-agent|accept-encoding)$/i.test(name)))
  const parameters = Object.fromEntries(new URLSearchParams(query))
  const lower = Object.fromEntries(Object.entries(signed).map(([name, value]) => [name.toLowerCase(), value]))
  return { method, target, path, signed, lower, parameters }
}

export function aws4Signature({ method, target, signed }) {
  const request = { host: HOST, service: 's3', region: 'us-east-1', method, path: target, headers: { ...signed } }
  return HEX_END.exec(aws4.sign(request, CREDENTIALS).headers.Authorization)[0]
}

export function aws4QuerySignature({ method, path, signed }) {
  const target = `${path}?X-Amz-Date=${DATE}&X-Amz-Expires=3600`
  const request = { host: HOST, service: 's3', region: 'us-east-1', method, path: target, signQuery: true, headers: { ...signed } }
  return HEX_END.exec(aws4.sign(request, CREDENTIALS).path)[0]
}

/** A hash for the AWS SDK's signer where its own for Node is not installed. */
class NodeHash {
  constructor(secret) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret)
  }
  update(data) {
    this.hash.update(data)
  }
  async digest() {
    return this.hash.digest()
  }
}
const smithyOf = (sha256) =>
  new SignatureV4({ credentials: CREDENTIALS, region: 'us-east-1', service: 's3', sha256, uriEscapePath: false, applyChecksum: true })
let smithy = smithyOf(NodeHash)
const signingDate = new Date(NOW)

export async function smithySignature({ method, path, lower, parameters }) {
  const request = { method, protocol: 'https:', hostname: HOST, path, query: parameters, headers: { ...lower } }
  return HEX_END.exec((await smithy.sign(request, { signingDate })).headers.authorization)[0]
}

export async function smithyQuerySignature({ method, path, lower }) {
  const request = {
    method,
    protocol: 'https:',
    hostname: HOST,
    path,
    query: {},
    headers: { ...lower, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
  }
  return (await smithy.presign(request, { signingDate, expiresIn: 3600, unhoistableHeaders: new Set() })).query['X-Amz-Signature']
}

/** Peers that are installed for the bench alone, into suites/bench/peers; `undefined` where that is not possible. */
export function heavyPeers() {
  const folder = new URL('./peers/', import.meta.url)
  if (!existsSync(new URL('node_modules/@smithy/hash-node', folder))) {
    console.log('installing the heavy peers into suites/bench/peers ...')
    try {
      execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--workspaces=false'], {
        cwd: folder,
        stdio: 'ignore',
      })
    } catch {
      console.log('that failed; going on without them')
      return undefined
    }
  }
  const require = createRequire(new URL('package.json', folder))
  const { Hash } = require('@smithy/hash-node')
  smithy = smithyOf(Hash.bind(null, 'sha256'))
  return { crt: require('aws-crt'), express: require('@filen/aws4-express') }
}

/** Signs with aws-crt, which is native and asynchronous. */
export function crtSigner({ auth, http }) {
  const config = {
    algorithm: auth.AwsSigningAlgorithm.SigV4,
    signature_type: auth.AwsSignatureType.HttpRequestViaHeaders,
    provider: auth.AwsCredentialsProvider.newStatic(ID, SECRET),
    region: 'us-east-1',
    service: 's3',
    date: signingDate,
    use_double_uri_encode: false,
    should_normalize_uri_path: false,
    signed_body_value: EMPTY,
    signed_body_header: auth.AwsSignedBodyHeaderType.XAmzContentSha256,
  }
  return async ({ method, target, signed }) => {
    const headers = Object.entries(signed).filter(([name]) => !/^x-amz-(?:date|content-sha256)$/i.test(name))
    const request = new http.HttpRequest(method, target, new http.HttpHeaders(headers))
    const done = await auth.aws_sign_request(request, config)
    return HEX_END.exec(done.headers.get('Authorization'))[0]
  }
}

/** Verifies as Express middleware does; the answer comes through `next`. */
export function expressVerifier({ AwsSignature }) {
  return async (request) => {
    const headers = Object.fromEntries(request.headers.map(([name, value]) => [name.toLowerCase(), value]))
    const asked = { headers, header: (name) => headers[name.toLowerCase()], url: request.target, method: request.method, rawBody: '' }
    let passed = false
    const refused = { status: () => ({ send: () => undefined }) }
    await new AwsSignature().verify({ secretKey: () => SECRET, onSuccess: () => (passed = true) })(asked, refused, () => undefined)
    return passed
  }
}
