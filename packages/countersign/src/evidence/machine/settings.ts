/**
 * Settings of clients, servers and proxies in any notation: INI and TOML, properties, YAML, Kubernetes, Terraform, environments of
 * containers, options of commands, arguments of calls. One reading for both of its uses: a repair that is so already is not offered, and
 * what the settings of two sides say is compared.
 */
import { anyText, type EvidenceReader, type EvidenceSource, type Observation, type SettingMeaning } from '../../case/index.js'
import { SETTINGS_READ } from '../../catalog/index.js'
import { settingKind } from '../../credentials/index.js'
import { isMasked, MOST_SCANNED, type Statement, statementsOf } from '../../text/index.js'

export const settings: EvidenceReader = {
  id: 'settings',
  reads:
    'settings of clients, servers and proxies that decide how is signed or that repairs speak of, in any notation; every Content-Type that is written',
  samples: [
    'location / { proxy_set_header Host $http_host; }\n',
    'aws s3 ls --profile archive --region eu-west-1\n',
    "const params = { Key: name, ContentType: 'image/heic' }\n",
    '[s3_api]\ns3_region = "garage"\napi_bind_addr = "[::]:3900"\n',
    'env:\n  - name: AWS_REGION\n    value: eu-west-1\n',
    'provider "aws" {\n  region = "eu-west-1"\n  s3_use_path_style = true\n}\n',
  ],
  recognize: anyText,
  read,
}

function read({ name: source, text }: EvidenceSource): readonly Observation[] {
  const scanned = text.slice(0, MOST_SCANNED)
  const encoded = SECRET_OF_KUBERNETES.test(scanned)
  const found = statementsOf(scanned, isAsked).flatMap((one): readonly Found[] => {
    const plain = encoded && one.sign === ':' && isEncoded(scanned, one.at) ? decodedStatement(one) : one
    const means = meaningOf(plain, sectionAt(scanned, one.at))
    return means === undefined && !SETTINGS_READ.has(one.name) ? [] : [{ ...plain, ...(means !== undefined && { means }) }]
  })
  return [...found, ...typesIn(scanned)].map(({ name: written, value, at, means, stands }) => ({
    kind: 'setting',
    setting: {
      written,
      value,
      ...(means !== undefined && { means }),
      // What somebody tells of a file is not what is to be edited.
      ...(stands !== undefined &&
        !IN_SENTENCE.test(beginOfLine(scanned, at)) && {
          stands: { at: { source, start: stands.at, end: stands.at + stands.text.length }, from: stands.text },
        }),
    },
    location: { source, start: at, end: at + written.length },
    fidelity: 'exact',
  }))
}

function beginOfLine(text: string, at: number): string {
  return text.slice(Math.max(text.lastIndexOf('\n', at - 1) + 1, at - 200), at)
}

const IN_SENTENCE = /(?:[A-Za-z']{2,20}[,.:;]? ){5}/

/** With its value out of base64: what stands in the text is another one then. */
function decodedStatement({ stands: _, ...one }: Statement): Statement {
  return { ...one, value: decoded(one.value) }
}

interface Found extends Pick<Statement, 'name' | 'value' | 'at' | 'stands'> {
  readonly means?: SettingMeaning
}

function isAsked(name: string): boolean {
  return (
    SETTINGS_READ.has(name) ||
    settingKind(name) === 'region' ||
    ENDPOINT.test(name) ||
    SIGNING.test(name) ||
    SERVER_NAMES.some(([match]) => match.test(name) || match.test(name.toUpperCase()))
  )
}

/** What a setting means; nothing where its value is none: a mask, a placeholder, another setting's name, an expression, a sentence. */
function meaningOf(one: Statement, section: string): SettingMeaning | undefined {
  const { name, spelled, value } = one
  if (isMasked(value) || /^[$<{%]|[(){}]/.test(value) || value.length > LONGEST) return undefined
  if (one.sign === '' && !AWS_REGION.test(value)) return undefined
  for (const [match, under, said] of SERVER_NAMES) if (match.test(spelled) && under.test(section)) return { of: 'server', name: said }
  if (settingKind(name) === 'region')
    return /^[\w-]{2,40}$/.test(value) && settingKind(value) === undefined ? { of: 'client', name: 'region' } : undefined
  if (ENDPOINT.test(name))
    return /[.:]|localhost/.test(value) && !/^\w+\.\w*(?:host|end_?point|url)$/i.test(value) ? CLIENT_ENDPOINT : undefined
  return SIGNING.test(name) ? { of: 'client', name: 'signing' } : undefined
}

/** The heading in brackets that an offset stands under. */
function sectionAt(text: string, at: number): string {
  const start = text.lastIndexOf('\n[', at)
  const head = text.slice(start < 0 ? 0 : start + 1, Math.min(text.length, (start < 0 ? 0 : start) + 80))
  return /^\[{1,2}([^\]\n]{1,60})\]/.exec(head)?.[1] ?? ''
}

/** Whether the values around an offset are those of `data:`, in base64, and not of `stringData:`. */
function isEncoded(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - LONGEST_BLOCK), at)
  return before.lastIndexOf('\ndata:') > before.lastIndexOf('\nstringData:')
}

/** The text that base64 stands for; the value as it is where it stands for none. */
function decoded(value: string): string {
  if (!/^[A-Za-z0-9+/]{4,200}={0,2}$/.test(value) || value.length % 4 !== 0) return value
  const bits = [...value.replace(/={1,2}$/, '')].reduce((all, letter) => all + ALPHABET.indexOf(letter).toString(2).padStart(6, '0'), '')
  const text = (bits.match(/[01]{8}/g) ?? []).map((byte) => String.fromCharCode(Number.parseInt(byte, 2))).join('')
  return /^[\x20-\x7e]+\n?$/.test(text) ? text.trimEnd() : value
}

/** Each media type that stands behind the name, once: in code, in headers, in a sentence. */
function typesIn(text: string): readonly Found[] {
  // V8 takes milliseconds to make the whole pattern ready, and few texts have the name.
  if (!TYPE_NAME.test(text)) return []
  const found = new Map<string, Found>()
  for (const match of text.matchAll(TYPE)) {
    const value = match[1]!.replace(/\.$/, '')
    if (!found.has(value)) found.set(value, { name: 'content-type', value, at: match.index })
    if (found.size >= MOST_TYPES) break
  }
  return [...found.values()]
}

/** Settings of servers: their name, the section they stand in, what they set. A client's variable is called S3_REGION. Garage, MinIO, SeaweedFS, Ceph, LocalStack. */
const SERVER_NAMES: readonly (readonly [name: RegExp, section: RegExp, said: SettingMeaning['name']])[] = [
  [/^s3_region$/, /^(?:s3_api|)$/, 'region'],
  [/^MINIO_(?:SITE_)?REGION(?:_NAME)?$/, /^/, 'region'],
  [/^rgw[ _](?:zonegroup|region)$/, /^/, 'region'],
  [/^(?:root_domain|MINIO_DOMAIN|rgw[ _]dns[ _]name)$/, /^/, 'endpoint'],
]
const CLIENT_ENDPOINT: SettingMeaning = { of: 'client', name: 'endpoint' }
const ENDPOINT = /(?:^|[._-]|s3|aws)(?:end_?points?(?:[._-]?(?:url|override|host))?|endpoint_url_s3|host_base|host_bucket|service_?url)$/i
const SIGNING =
  /(?:path[._-]?style|addressing[._-]?style|signature[._-]?version|signer[._-]?type|checksum[._-]?calculation|checksum[._-]?validation|payload[._-]?signing|chunked[._-]?encoding|disable[._-]?ssl|use[._-]?(?:https|ssl))/i
const AWS_REGION = /^[a-z]{2}(?:-[a-z]{2,12}){1,3}-\d$/
const SECRET_OF_KUBERNETES = /^kind: ?Secret\b/m
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const TYPE_NAME = /content[-_ ]?type/i
const TYPE =
  /\bcontent[-_ ]?type["'`\])]{0,3}\s{0,3}(?:=>|[:=,(]|to|of|is|as|was)?\s{0,3}["'`]?((?:application|audio|binary|font|image|model|multipart|text|video)\/[\w.+*-]{1,100}(?:; ?charset=[\w-]{1,20})?)/gi
const MOST_TYPES = 16
const LONGEST = 200
const LONGEST_BLOCK = 4000
