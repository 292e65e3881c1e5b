/** Clients that are one command a step: what a person types, and with which environment. */
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CACHE as INTEROP } from '../interop/install.mjs'
import { REGION } from './faults.ts'
import type { Step } from './plan.ts'

export interface Surroundings {
  readonly endpoint: string
  readonly bucket: string
  readonly keyId: string
  readonly secret: string
  readonly token: string | null
  readonly folder: string
  readonly style: string
}

export interface Typed {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** What the person sees as typed, where it differs. */
  readonly shown?: string
}

export type Command = (step: Step, around: Surroundings) => readonly Typed[]

const NAMES = fileURLToPath(new URL('./clients/names', import.meta.url))

function keysOf(step: Step, around: Surroundings): Record<string, string> {
  const { keyId = around.keyId, secret = around.secret, token = around.token, region = REGION } = step.twist
  return {
    AWS_ACCESS_KEY_ID: keyId,
    AWS_SECRET_ACCESS_KEY: secret,
    ...(token === null ? {} : { AWS_SESSION_TOKEN: token }),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
  }
}

function bodyFile(step: Step, { folder }: Surroundings): string {
  const name = `body-${step.index}.txt`
  writeFileSync(join(folder, name), step.body)
  return name
}

/** faketime in front of a command whose clock is to be off. */
function timed(step: Step, argv: readonly string[]): readonly string[] {
  const { clock } = step.twist
  return clock === undefined ? argv : ['faketime', '-f', `${clock < 0 ? '' : '+'}${clock}s`, ...argv]
}

export const awsCli: Command = (step, around) => {
  const config = join(around.folder, 'aws-config')
  writeFileSync(config, '[default]\ns3 =\n  addressing_style = path\n  signature_version = s3v4\n')
  const env = { ...keysOf(step, around), AWS_CONFIG_FILE: config, AWS_PAGER: '', AWS_MAX_ATTEMPTS: '2', PYTHONPATH: NAMES }
  const at = ['--bucket', around.bucket, '--key', step.key]
  const url = `s3://${around.bucket}/${step.key}`
  const args: Record<string, () => readonly string[]> = {
    put: () => [
      's3api',
      'put-object',
      ...at,
      '--body',
      bodyFile(step, around),
      '--content-type',
      'text/plain',
      '--metadata',
      step.op.endsWith('-odd') ? 'origin=lab,batch_no=7' : 'origin=lab',
    ],
    get: () => ['s3api', 'get-object', ...at, 'back.txt'],
    missing: () => ['s3api', 'get-object', ...at, 'back.txt'],
    head: () => ['s3api', 'head-object', ...at],
    list: () => ['s3api', 'list-objects-v2', '--bucket', around.bucket, '--prefix', step.key, '--max-keys', '5'],
    pages: () => ['s3api', 'list-objects-v2', '--bucket', around.bucket, '--page-size', '2', '--max-items', '6'],
    delete: () => ['s3api', 'delete-object', ...at],
    identity: () => ['sts', 'get-caller-identity'],
    'cp-up': () => ['s3', 'cp', '--no-progress', bodyFile(step, around), url],
    'cp-down': () => ['s3', 'cp', '--no-progress', url, 'back.txt'],
  }
  const typed = ['aws', '--debug', '--endpoint-url', around.endpoint, ...args[step.op.replace('-odd', '')]!()]
  return [{ argv: timed(step, [join(INTEROP, 'py/bin/aws'), ...typed.slice(1)]), env, shown: shellLine(typed) }]
}

export const s3cmd: Command = (step, around) => {
  const host = around.endpoint.replace('http://', '')
  const keys = keysOf(step, around)
  const config = join(around.folder, `s3cfg-${step.index}`)
  const lines = [
    '[default]',
    `access_key = ${keys['AWS_ACCESS_KEY_ID']}`,
    `secret_key = ${keys['AWS_SECRET_ACCESS_KEY']}`,
    ...(keys['AWS_SESSION_TOKEN'] === undefined ? [] : [`access_token = ${keys['AWS_SESSION_TOKEN']}`]),
    `host_base = ${host}`,
    `host_bucket = ${host}`,
    `bucket_location = ${keys['AWS_REGION']}`,
    'use_https = False',
    'signature_v2 = False',
    'max_retries = 1',
  ]
  writeFileSync(config, `${lines.join('\n')}\n`)
  const url = `s3://${around.bucket}/${step.key}`
  const args: Record<string, () => readonly string[]> = {
    put: () => ['put', bodyFile(step, around), url],
    get: () => ['get', '--force', url, 'back.txt'],
    missing: () => ['get', '--force', url, 'back.txt'],
    head: () => ['info', url],
    list: () => ['ls', url],
    delete: () => ['del', url],
  }
  const typed = ['s3cmd', '-d', '--no-progress', ...args[step.op.replace('-odd', '')]!()]
  return [{ argv: timed(step, [typed[0]!, `--config=${config}`, ...typed.slice(1)]), env: { PYTHONPATH: NAMES }, shown: shellLine(typed) }]
}

export const curl: Command = (step, around) => curling(step, around, ['-v', '-s'])
export const curlTrace: Command = (step, around) => curling(step, around, ['-s', '--trace-ascii', '-'])

function curling(step: Step, around: Surroundings, loud: readonly string[]): readonly Typed[] {
  const keys = keysOf(step, around)
  const config = join(around.folder, `curl-${step.index}`)
  writeFileSync(config, `user = "${keys['AWS_ACCESS_KEY_ID']}:${keys['AWS_SECRET_ACCESS_KEY']!.replaceAll('\\', '\\\\')}"\n`, {
    mode: 0o600,
  })
  const path = `/${around.bucket}/${encodedKey(step.key)}`
  const service = step.twist.service ?? (step.op === 'identity' ? 'sts' : 's3')
  const hashed = (body: string) => ['-H', `x-amz-content-sha256: ${createHash('sha256').update(body).digest('hex')}`]
  const put = ['-X', 'PUT', '--data-binary', `@${bodyFile(step, around)}`, '-H', 'content-type: text/plain', ...hashed(step.body)]
  const args: Record<string, readonly string[]> = {
    put: [...put, '-H', 'x-amz-meta-origin: lab', ...(step.op.endsWith('-odd') ? ['-H', 'x-amz-meta-batch_no: 7'] : []), path],
    get: [...hashed(''), path],
    missing: [...hashed(''), path],
    head: ['-I', ...hashed(''), path],
    // 7.88 signs the query as it is given, and wants it sorted.
    list: [...hashed(''), `/${around.bucket}?list-type=2&max-keys=5&prefix=${encodeURIComponent(step.key)}`],
    delete: ['-X', 'DELETE', ...hashed(''), path],
    identity: ['-d', 'Action=GetCallerIdentity&Version=2011-06-15', '/'],
  }
  const own = args[step.op.replace('-odd', '')]!
  const token = keys['AWS_SESSION_TOKEN'] === undefined ? [] : ['-H', `x-amz-security-token: ${keys['AWS_SESSION_TOKEN']}`]
  const sigv4 = ['--aws-sigv4', `aws:amz:${keys['AWS_REGION']}:${service}`]
  const rest = ['-L', '--path-as-is', ...sigv4, ...token, ...own.slice(0, -1), `${around.endpoint}${own.at(-1)}`]
  // Every name leads to this machine, also one that a redirect names.
  const resolve = ['--connect-to', '::127.0.0.1:']
  const shown = shellLine(['curl', ...loud, '--user', '"$KEYS"', ...rest]).replace(`'"$KEYS"'`, '"$KEYS"')
  return [{ argv: timed(step, ['curl', '--config', config, ...resolve, ...loud, ...rest]), env: {}, shown }]
}

export const rclone: Command = (step, around) => {
  const home = join(around.folder, 'rclone')
  mkdirSync(home, { recursive: true })
  const env = {
    ...keysOf(step, around),
    RCLONE_CONFIG: join(home, 'none'),
    RCLONE_RETRIES: '1',
    RCLONE_LOW_LEVEL_RETRIES: '1',
    RCLONE_CONFIG_AWS_TYPE: 's3',
    RCLONE_CONFIG_AWS_PROVIDER: 'Other',
    RCLONE_CONFIG_AWS_ENV_AUTH: 'true',
    RCLONE_CONFIG_AWS_FORCE_PATH_STYLE: 'true',
    RCLONE_CONFIG_AWS_ENDPOINT: around.endpoint,
    RCLONE_CONFIG_AWS_REGION: step.twist.region ?? REGION,
    RCLONE_S3_NO_CHECK_BUCKET: 'true',
  }
  const url = `aws:${around.bucket}/${step.key}`
  const args: Record<string, () => readonly string[]> = {
    put: () => ['copyto', bodyFile(step, around), url],
    get: () => ['copyto', url, 'back.txt'],
    list: () => ['lsf', `aws:${around.bucket}/${step.key.split('/')[0]}`],
    delete: () => ['deletefile', url],
  }
  const dump = around.style === 'auth' ? 'headers,bodies,auth' : 'headers,bodies'
  const typed = ['rclone', '-vv', '--dump', dump, ...args[step.op.replace('-odd', '')]!()]
  return [{ argv: typed, env, shown: shellLine(typed) }]
}

function encodedKey(key: string): string {
  return key
    .split('/')
    .map((part) => encodeURIComponent(part).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`))
    .join('/')
}

function shellLine(argv: readonly string[]): string {
  return argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ')
}
