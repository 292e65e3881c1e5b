/** `countersign canonicalize`: every step from a request to its signing key, with its name. */
import { decoded, partText, redacted, visibleLines } from '../../report/index.js'
import {
  authorizationOf,
  CANONICAL_REQUEST_PARTS,
  canonicalRequest,
  canonicalRequestHash,
  canonicalRequestPart,
  dangerSigningKeyChain,
  deriveEcdsaPrivateKey,
  hexOf,
  isEcdsa,
  SecretAccessKey,
  type SigningInputs,
  sign,
  signingInputsOf,
  stringToSign,
} from '../../sigv4/index.js'
import { CliError } from '../cli-error.js'
import { type Command, FORMAT_RULE, LAW_RULES, nowOption, rulesOption, SECRET_RULES } from '../command.js'
import { type GivenRequest, givenRequest, METHOD_RULE } from '../given-request.js'
import { type Options, oneOf } from '../options.js'
import { type KnownKeys, knownKeys, neededSecret } from '../secrets.js'
import { signingScope } from '../signing-scope.js'
import { EXIT, type Io, say } from '../terminal-rules.js'

export const canonicalize: Command = {
  name: 'canonicalize',
  summary: 'show every step from a request to its signing key',
  usage: '[options] FILE|URL',
  about: `Shows the canonical request with its parts named, its hash, the string to sign and the names of the signing key's chain. A
request without a signature is shown as "sign" would sign it. No secret is needed; session tokens are masked.`,
  example: 'countersign canonicalize request.http',
  rules: {
    ...FORMAT_RULE,
    'danger-show-keys': { type: 'boolean', group: 'Output', help: 'print the bytes of the derived keys: anyone who sees them can sign' },
    ...METHOD_RULE,
    ...SECRET_RULES,
    ...LAW_RULES,
  },
  run,
}

async function run(options: Options, io: Io): Promise<number> {
  const format = oneOf(options, 'format', ['terminal', 'json'] as const) ?? 'terminal'
  const given = await givenRequest(options, io)
  const keys = await knownKeys(options, io)
  const inputs = inputsOf(given, options, keys, io)
  if (inputs.payloadHash === undefined)
    say(io, 'the body is not known, so neither is the payload hash: the hash below is not the right one')
  const canonical = canonicalRequest(inputs)
  const toSign = stringToSign(inputs, canonical)
  const chain = keyChain(inputs, options, keys)
  const gate = (text: string) => redacted(decoded(text), keys.silent)
  if (format === 'json') {
    const report = {
      schemaVersion: 1,
      profile: inputs.profile.id,
      parts: Object.fromEntries(CANONICAL_REQUEST_PARTS.map((part) => [part, gate(canonicalRequestPart(inputs, part))])),
      canonicalRequest: gate(canonical),
      canonicalRequestHash: canonicalRequestHash(canonical),
      stringToSign: gate(toSign),
      signingKey: Object.fromEntries(chain.map(({ name, from, bytes }) => [name, bytes ?? from])),
    }
    io.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`)
    return EXIT.valid
  }
  const lines = [
    `rules: ${inputs.profile.id}`,
    ...CANONICAL_REQUEST_PARTS.flatMap((part) => ['', partText(part), ...shown(gate(canonicalRequestPart(inputs, part)))]),
    '',
    'canonical request',
    ...shown(gate(canonical)),
    '',
    'SHA-256 of the canonical request',
    `  ${canonicalRequestHash(canonical)}`,
    '',
    'string to sign',
    ...shown(gate(toSign)),
    '',
    'signing key',
    ...chain.map(({ name, from, bytes }) => `  ${name.padEnd(8)} = ${bytes ?? from}`),
    '',
  ]
  io.stdout.write(lines.join('\n'))
  return EXIT.valid
}

function shown(text: string): string[] {
  const lines = visibleLines(text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
  return lines.map((line) => (line === '' ? '  (empty line)' : `  ${line}`))
}

/** As the request was signed, or else as it would be. */
function inputsOf({ request }: GivenRequest, options: Options, keys: KnownKeys, io: Io): SigningInputs {
  const profile = rulesOption(options)
  const withProfile = profile === undefined ? {} : { profile }
  if (authorizationOf(request) !== undefined) {
    const inputs = signingInputsOf(request, withProfile)
    if (inputs === undefined)
      throw new CliError('the request is signed, but its credential cannot be read: "ID/DATE/REGION/SERVICE/aws4_request"')
    return inputs
  }
  say(io, 'the request is not signed: it is shown as "sign" would sign it')
  // The canonical request does not depend on the key.
  const credentials = {
    accessKeyId: keys.accessKeyId ?? 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: new SecretAccessKey('not used'),
    ...(keys.sessionToken === undefined ? {} : { sessionToken: keys.sessionToken }),
  }
  const signed = sign(request, credentials, {
    now: nowOption(options) ?? io.now(),
    ...signingScope(request, options, keys),
    ...withProfile,
  })
  const inputs = signingInputsOf(signed, withProfile)
  if (inputs === undefined) throw new CliError('the request cannot be signed')
  return inputs
}

interface ChainLink {
  readonly name: string
  /** How it is made, without bytes. */
  readonly from: string
  readonly bytes?: string
}

function keyChain(inputs: SigningInputs, options: Options, keys: KnownKeys): readonly ChainLink[] {
  const { date, region, service, terminator } = inputs.scope
  const gate = (text: string): string => visibleLines(redacted(text, keys.silent))
  if (isEcdsa(inputs)) {
    const from = gate(`HMAC("AWS4A" + secret access key, 1 || "${inputs.algorithm}" || 0 || access key ID || counter || 256) + 1`)
    const id = inputs.accessKeyId
    if (!options.flag('danger-show-keys') || id === undefined) return [{ name: 'private key', from }]
    return [{ name: 'private key', from, bytes: hexOf(deriveEcdsaPrivateKey(neededSecret(keys).secretAccessKey, id).dangerBytes()) }]
  }
  const links = [
    ['kDate', `HMAC("AWS4" + secret access key, "${date}")`],
    ['kRegion', `HMAC(kDate, "${region}")`],
    ['kService', `HMAC(kRegion, "${service}")`],
    ['kSigning', `HMAC(kService, "${terminator}")`],
  ] as const
  const named = links.map(([name, from]) => ({ name, from: gate(from) }))
  if (!options.flag('danger-show-keys')) return named
  const { kDate, kRegion, kService, kSigning } = dangerSigningKeyChain(neededSecret(keys).secretAccessKey, inputs.scope)
  return [kDate, kRegion, kService, kSigning].map((bytes, i) => ({ ...named[i]!, bytes: hexOf(bytes) }))
}
