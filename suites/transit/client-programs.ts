/** The real clients: a program that is asked for one request after another, or a command for each. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { CACHE as INTEROP, PROGRAMS } from '../interop/install.mjs'
import type { Signing } from './own-requests.ts'

const HERE = fileURLToPath(new URL('./clients/', import.meta.url))

interface Program {
  readonly argv: readonly string[]
  /** Where its log begins to speak of the answer. */
  readonly answer: RegExp
}

export const PROGRAM_CLIENTS: Readonly<Record<'boto3' | 'js-v3', Program>> = {
  boto3: {
    argv: [join(INTEROP, 'py/bin/python'), join(HERE, 'boto3_requests.py')],
    answer: /^.*\burllib3\.connectionpool \[DEBUG\] http/m,
  },
  'js-v3': { argv: [process.execPath, '--no-warnings', join(HERE, 'js_v3_requests.mjs')], answer: /^(?!\{)/m },
}

/** Lets a program do each of its requests; `onDone` is called after each, with its log up to the answer. */
export async function fromProgram(
  { argv, answer }: Program,
  { host, region, bucket, accessKeyId, secretAccessKey }: Signing,
  folder: string,
  onDone: (name: string, log: string | undefined) => void,
): Promise<void> {
  // A log of an earlier time is of other requests.
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const [name, ...args] = [...argv, `http://${host}`, region, bucket, folder] as [string, ...string[]]
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    PYTHONDONTWRITEBYTECODE: '1',
    AWS_EC2_METADATA_DISABLED: 'true',
    LAB_MODULES: PROGRAMS,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  }
  const child: ChildProcess = spawn(name, args, { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'], env: env as NodeJS.ProcessEnv })
  const orphan = () => child.kill('SIGKILL')
  process.on('exit', orphan)
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]()
  try {
    const first = await lines.next()
    const names = `${first.value ?? ''}`.split(' ')
    if (first.done === true) throw new Error(`${name} ended at once`)
    for (const one of names) {
      child.stdin!.write(`${one}\n`)
      if ((await lines.next()).done === true) throw new Error(`${name} ended at ${one}`)
      const log = join(folder, `${one}.log`)
      const text = existsSync(log) ? readFileSync(log, 'utf8') : ''
      const end = answer.exec(text)?.index ?? text.length
      onDone(one, end === 0 ? undefined : text.slice(0, end))
    }
  } finally {
    child.stdin!.end()
    await Promise.race([ended, new Promise((wake) => setTimeout(wake, 3000).unref())])
    orphan()
    process.off('exit', orphan)
  }
}

const EMPTY_HASH = createHash('sha256').digest('hex')
const BODY = '{"total": 7}\n'

/** What a person types behind the options that all of them have. Debian's curl signs the query as it is given, and wants it sorted. */
const CURL: Readonly<Record<string, (bucket: string) => readonly string[]>> = {
  put: (bucket) => [
    ...['-X', 'PUT', '--data-binary', BODY, '-H', 'content-type: application/json', '-H', 'x-amz-meta-origin: lab'],
    ...['-H', `x-amz-content-sha256: ${createHash('sha256').update(BODY).digest('hex')}`, `/${bucket}/reports/curl.json`],
  ],
  get: (bucket) => ['-H', `x-amz-content-sha256: ${EMPTY_HASH}`, `/${bucket}/in%20box//a%2Bb.json`],
  list: (bucket) => ['-H', `x-amz-content-sha256: ${EMPTY_HASH}`, `/${bucket}?delimiter=&list-type=2&prefix=a%20b`],
  compressed: (bucket) => ['-H', 'Accept-Encoding: gzip', '-H', `x-amz-content-sha256: ${EMPTY_HASH}`, `/${bucket}/x.txt`],
}

/** Runs curl for each of its requests; `onDone` is called after each, with what it printed up to the answer. */
export async function fromCurl(
  { host, region, bucket, accessKeyId, secretAccessKey }: Signing,
  folder: string,
  onDone: (name: string, log: string) => void,
): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const config = join(folder, 'curl.conf')
  writeFileSync(config, `user = "${accessKeyId}:${secretAccessKey}"\n`, { mode: 0o600 })
  for (const [name, given] of Object.entries(CURL)) {
    const own = given(bucket)
    const options = ['-v', '-s', '--path-as-is', '--aws-sigv4', `aws:amz:${region}:s3`, '--connect-to', '::127.0.0.1:']
    const argv = ['--config', config, ...options, ...own.slice(0, -1), `http://${host}${own.at(-1)}`]
    const printed = await new Promise<string>((resolve, reject) => {
      const child = spawn('curl', argv, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
      const pieces: Buffer[] = []
      child.stderr.on('data', (bytes: Buffer) => pieces.push(bytes))
      child.on('error', reject)
      child.on('close', () => resolve(Buffer.concat(pieces).toString('latin1')))
    })
    onDone(name, printed.slice(0, /^< /m.exec(printed)?.index ?? printed.length))
  }
}
