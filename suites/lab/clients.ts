/** The clients of the lab: how each is run, and what it can be made to do wrong. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CACHE as INTEROP } from '../interop/install.mjs'
import type { Command } from './commands.ts'
import { awsCli, curl, curlTrace, rclone, s3cmd } from './commands.ts'
import { LAB } from './install.ts'

export interface Client {
  readonly name: string
  readonly ops: readonly string[]
  readonly can: readonly string[]
  readonly cannot?: readonly string[]
  /** It finds this machine under any name. */
  readonly names: boolean
  readonly threads: boolean
  /** One process does all steps; otherwise each step is a command. */
  readonly perProcess: boolean
  readonly styles: readonly string[]
  readonly services?: readonly string[]
  /** It follows redirects in a circle, hundreds of times. */
  readonly loops?: true
  readonly showsAnswers: boolean
  /** Classes of what it signs wrongly when left alone. */
  readonly defect?: (target: string) => readonly string[]
  readonly program?: readonly string[]
  readonly command?: Command
}

const HERE = fileURLToPath(new URL('./clients/', import.meta.url))
const OBJECTS = ['put', 'put', 'get', 'get', 'put-odd', 'get-odd', 'head', 'head-then-put', 'list', 'pages', 'delete', 'missing', 'buckets']
const ALL = ['secret', 'key', 'token', 'region', 'service', 'clock', 'tamper']

export const CLIENTS: readonly Client[] = [
  {
    name: 'boto3',
    ops: [...OBJECTS, 'identity'],
    can: ['secret', 'key', 'token', 'region', 'clock', 'tamper'],
    names: true,
    loops: true,
    threads: true,
    perProcess: true,
    styles: ['stream', 'threads', 'basic'],
    showsAnswers: true,
    program: [join(INTEROP, 'py/bin/python'), join(HERE, 'boto3_client.py')],
  },
  {
    name: 'requests-aws4auth',
    ops: [...OBJECTS.filter((op) => op !== 'list'), 'identity'],
    can: ALL,
    names: true,
    threads: false,
    perProcess: true,
    styles: ['basic', 'logging'],
    showsAnswers: true,
    // It signs a path with its slashes merged, for S3 as well.
    defect: (target) => (target.split('?')[0]!.includes('//') ? ['path.normalization', 'client.bug'] : []),
    program: [join(LAB, 'py/bin/python'), join(HERE, 'requests_client.py')],
  },
  {
    name: 'aws-cli',
    ops: ['put', 'get', 'put-odd', 'get-odd', 'head', 'list', 'pages', 'delete', 'missing', 'identity', 'cp-up', 'cp-down'],
    can: ['secret', 'key', 'token', 'region', 'clock'],
    names: true,
    loops: true,
    threads: false,
    perProcess: false,
    styles: ['plain', 'prompt'],
    showsAnswers: true,
    command: awsCli,
  },
  {
    name: 's3cmd',
    ops: ['put', 'get', 'put-odd', 'get-odd', 'head', 'list', 'delete', 'missing'],
    can: ['secret', 'key', 'token', 'region', 'clock'],
    cannot: ['secret-newline', 'secret-space', 'secret-quotes'],
    names: true,
    threads: false,
    perProcess: false,
    styles: ['plain', 'prompt'],
    showsAnswers: true,
    command: s3cmd,
  },
  {
    name: 'curl -v',
    ops: ['put', 'get', 'put-odd', 'get-odd', 'head', 'list', 'delete', 'missing', 'identity'],
    can: ['secret', 'key', 'token', 'region', 'service', 'clock'],
    cannot: ['secret-newline', 'secret-quotes'],
    names: true,
    threads: false,
    perProcess: false,
    styles: ['plain', 'prompt'],
    showsAnswers: true,
    // It cuts Swift's key ID at the colon.
    services: ['serve', 'versitygw', 'seaweedfs', 'moto'],
    command: curl,
  },
  {
    name: 'curl --trace-ascii',
    ops: ['put', 'get', 'put-odd', 'get-odd', 'head', 'list', 'delete', 'missing', 'identity'],
    can: ['secret', 'key', 'token', 'region', 'service', 'clock'],
    cannot: ['secret-newline', 'secret-quotes'],
    names: true,
    threads: false,
    perProcess: false,
    styles: ['plain'],
    showsAnswers: true,
    // It cuts Swift's key ID at the colon.
    services: ['serve', 'versitygw', 'seaweedfs', 'moto'],
    command: curlTrace,
  },
  {
    name: 'rclone',
    ops: ['put', 'get', 'put-odd', 'get-odd', 'list', 'delete'],
    can: ['secret', 'key', 'token', 'region'],
    names: false,
    threads: false,
    perProcess: false,
    styles: ['auth', 'masked'],
    showsAnswers: true,
    command: rclone,
  },
  {
    name: 'js-v3',
    ops: [...OBJECTS, 'identity'],
    can: ['secret', 'key', 'token', 'region', 'clock', 'tamper'],
    names: true,
    threads: true,
    perProcess: true,
    styles: ['json', 'inspect'],
    showsAnswers: true,
    program: [process.execPath, '--no-warnings', join(HERE, 'js_v3.mjs')],
  },
  {
    name: 'go-v2',
    ops: OBJECTS,
    can: ['secret', 'key', 'token', 'region', 'tamper'],
    names: true,
    threads: false,
    perProcess: true,
    // Most programs log nothing but the error.
    styles: ['all', 'all', 'all', 'errors'],
    showsAnswers: true,
    program: [join(LAB, 'bin/lab-go'), 'sdk'],
  },
  {
    name: 'minio-go',
    ops: OBJECTS,
    can: ['secret', 'key', 'token', 'region', 'tamper'],
    names: true,
    threads: false,
    perProcess: true,
    styles: ['signed', 'unsigned'],
    showsAnswers: true,
    program: [join(LAB, 'bin/lab-go'), 'minio'],
  },
]
