/**
 * Settings that decide how requests are signed, in files of any notation: INI and TOML, properties, YAML and Kubernetes, Terraform,
 * environments of containers, flags of commands. Whose they are follows from their names: a server's region is not a client's.
 */
import { anyText, type EvidenceReader, type EvidenceSource, type Observation, type Setting } from '../../case/index.js'
import { settingKind } from '../../credentials/index.js'
import { isMasked, MOST_SCANNED } from '../../text/index.js'

export const settingFiles: EvidenceReader = {
  id: 'setting-files',
  reads: 'settings of clients and servers that decide how is signed, in INI, TOML, properties, YAML, Kubernetes and Terraform files',
  samples: [
    '[s3_api]\ns3_region = "garage"\napi_bind_addr = "[::]:3900"\n',
    'env:\n  - name: AWS_REGION\n    value: eu-west-1\n',
    'provider "aws" {\n  region = "eu-west-1"\n  s3_use_path_style = true\n}\n',
  ],
  recognize: anyText,
  read,
}

function read({ name, text }: EvidenceSource): readonly Observation[] {
  const scanned = text.slice(0, MOST_SCANNED)
  return [...pairsIn(scanned)].slice(0, MOST).flatMap(([at, length, key, raw]): readonly Observation[] => {
    const value = raw
      .trim()
      .replace(/[,;]$/, '')
      .replace(/^(["'])(.*)\1$/, '$2')
    const said = settingOf(key, value, sectionAt(scanned, at))
    if (said === undefined) return []
    return [{ kind: 'set-value', setting: said, location: { source: name, start: at, end: at + length }, fidelity: 'exact' }]
  })
}

/** Names with their values: `a = b`, `a: b`, `- name: A` above `value: b`, `--a b`. */
function* pairsIn(text: string): Iterable<readonly [at: number, length: number, name: string, value: string]> {
  for (const match of text.matchAll(PAIR)) yield [match.index, match[0].length, match[1]!, match[2]!]
  for (const match of text.matchAll(NAME_VALUE)) yield [match.index, match[0].length, match[1]!, match[2]!]
}

function settingOf(name: string, value: string, section: string): Setting | undefined {
  if (value === '' || isMasked(value) || /^[$<{%]|[(){}]/.test(value) || value.length > LONGEST) return undefined
  for (const [match, under, said] of SERVER_NAMES) if (match.test(name) && under.test(section)) return { of: 'server', name: said, value }
  const kind = settingKind(name)
  if (kind === 'region' && /^[\w-]{2,40}$/.test(value)) return { of: 'client', name: 'region', value }
  if (ENDPOINT.test(name) && /[.:]|localhost/.test(value)) return { of: 'client', name: 'endpoint', value }
  if (SIGNING.test(name)) return { of: 'client', name: 'other', value: `${name}=${value}` }
  return undefined
}

/** The heading in brackets that an offset stands under. */
function sectionAt(text: string, at: number): string {
  const start = text.lastIndexOf('\n[', at)
  const head = text.slice(start < 0 ? 0 : start + 1, Math.min(text.length, (start < 0 ? 0 : start) + 80))
  return /^\[{1,2}([^\]\n]{1,60})\]/.exec(head)?.[1] ?? ''
}

/** Settings of servers: their name, the section they stand in, what they set. Garage, MinIO, SeaweedFS, Ceph, LocalStack. */
const SERVER_NAMES: readonly (readonly [name: RegExp, section: RegExp, said: Setting['name']])[] = [
  [/^s3_region$/, /^(?:s3_api|)$/, 'region'],
  [/^MINIO_(?:SITE_)?REGION(?:_NAME)?$/, /^/, 'region'],
  [/^rgw[ _](?:zonegroup|region)$/, /^/, 'region'],
  [/^(?:root_domain|MINIO_DOMAIN|rgw[ _]dns[ _]name)$/, /^/, 'endpoint'],
]
const PAIR =
  /^[ \t]{0,40}(?:- |export |set |\$env:|--)?["']?([A-Za-z][\w.-]{1,60})["']?[ \t]{0,20}(?:=>|[:=]|(?<=--[\w-]{2,60})[ \t])[ \t]{0,20}([^\s#][^\n#]{0,200}?)[ \t\r]*(?:#[^\n]*)?$/gm
const NAME_VALUE = /\bname: ?["']?([A-Z][A-Z0-9_]{2,60})["']?[ \t]{0,10}\r?\n[ \t]{0,40}value: ?([^\s#][^\n#]{0,200})/g
const ENDPOINT = /(?:^|[._-])(?:end_?point(?:[._-]?(?:url|override))?|endpoint_url_s3|host_base|host_bucket|service_?url)$/i
const SIGNING =
  /(?:path[._-]?style|addressing[._-]?style|signature[._-]?version|signer[._-]?type|checksum[._-]?calculation|checksum[._-]?validation|payload[._-]?signing|chunked[._-]?encoding|disable[._-]?ssl|use[._-]?(?:https|ssl))/i
const LONGEST = 200
const MOST = 60
