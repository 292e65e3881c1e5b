/** Asks the real SDKs, where they are installed: in the folder of the interop suite, and as Debian's package of the AWS CLI v2. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { SdkId } from '../../../src/doctor/index.ts'
import type { RealSetup } from './setups.ts'

export interface RealAnswer {
  readonly kind: 'keys' | 'asked' | 'error' | 'none'
  readonly source?: string
  readonly id?: string
  readonly secret?: string
  readonly token?: string | null
  readonly region?: string | null
  readonly endpoints?: Readonly<Record<string, string | null>>
}

const CACHE = process.env['COUNTERSIGN_INTEROP_CACHE'] ?? join(homedir(), '.cache/countersign-interop')
const PYTHON = join(CACHE, 'py/bin/python')
const HERE = import.meta.dirname ?? ''
/** A path that is there where there is time. */
const THOROUGH = process.env['THOROUGH'] === '1' ? HERE : '/nonexistent'
/** What the driver for Java changes of Java itself. */
const OPENED = ['java.lang', 'java.util'].flatMap((name) => ['--add-opens', `java.base/${name}=ALL-UNNAMED`])

interface Driver {
  readonly sdk: SdkId
  /** What must be there for it to run. */
  readonly needs: readonly string[]
  /** What starts it, in a folder that it may write to. */
  readonly command: (folder: string) => readonly string[]
  readonly line?: (setup: Asked) => string
}

interface Asked {
  readonly env: Record<string, string>
  readonly profile?: string
  /** Whether its endpoints are of interest. */
  readonly endpoints: boolean
}

const MAVEN = join(homedir(), '.m2/repository')
const DRIVERS: readonly Driver[] = [
  { sdk: 'botocore', needs: [join(CACHE, 'done/python')], command: () => [PYTHON, join(HERE, 'python.py'), 'botocore'] },
  { sdk: 'aws-cli-v1', needs: [join(CACHE, 'done/python')], command: () => [PYTHON, join(HERE, 'python.py'), 'cli'] },
  {
    sdk: 'aws-cli-v2',
    needs: ['/usr/lib/python3/dist-packages/awscli/botocore'],
    command: () => ['/usr/bin/python3', join(HERE, 'python.py'), 'cli'],
  },
  {
    sdk: 'javascript-v3',
    needs: [join(CACHE, 'done/npm')],
    command: () => [process.execPath, '--no-warnings', join(HERE, 'javascript.mjs'), join(CACHE, 'clients')],
  },
  // The two that take half a minute to compile are asked where there is time, and where the interop suite has fetched the SDK.
  { sdk: 'go-v2', needs: [THOROUGH, join(homedir(), 'go/pkg/mod/cache/download/github.com/aws/aws-sdk-go-v2/config')], command: builtGo },
  {
    sdk: 'java-v2',
    needs: [THOROUGH, join(MAVEN, 'software/amazon/awssdk/auth')],
    command: () => ['java', ...OPENED, '-cp', jarsBelow(MAVEN), join(HERE, 'java-v2/Driver.java')],
    line: ({ env, profile }) =>
      [profile === undefined ? '-' : base64(profile), ...Object.entries(env).map(([name, value]) => base64(`${name}=${value}`))].join(' '),
  },
]

export const INSTALLED = DRIVERS.filter(({ needs }) => needs.every((path) => existsSync(path))).map(({ sdk }) => sdk)

function builtGo(folder: string): readonly string[] {
  const modules = join(HERE, '../../../../../suites/interop/clients/go')
  for (const name of ['go.mod', 'go.sum']) copyFileSync(join(modules, name), join(folder, name))
  copyFileSync(join(HERE, 'go-v2/main.go'), join(folder, 'main.go'))
  const program = join(folder, 'chain')
  const env = { ...process.env, GOPROXY: 'off', GOFLAGS: '-mod=mod' }
  const { status, stderr } = spawnSync('go', ['build', '-o', program, '.'], { cwd: folder, env, encoding: 'utf8', timeout: 300_000 })
  if (status !== 0) throw new Error(`the driver for Go was not built: ${stderr}`)
  return [program]
}

function jarsBelow(folder: string): string {
  const found = readdirSync(folder, { withFileTypes: true, recursive: true }).filter(({ name }) => name.endsWith('.jar'))
  return found.map(({ parentPath, name }) => join(parentPath, name)).join(delimiter)
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64')
}

/** Writes the files of a set-up, and gives the environment that leads to them. */
export function written(setup: RealSetup, folder: string): Record<string, string> {
  mkdirSync(join(folder, '.aws'), { recursive: true })
  const { credentials, config } = setup
  if (credentials !== undefined) writeFileSync(join(folder, '.aws/credentials'), credentials)
  if (config !== undefined) writeFileSync(join(folder, '.aws/config'), config)
  return { ...setup.env, HOME: folder, AWS_EC2_METADATA_DISABLED: 'true' }
}

/** The answers of one SDK, in the order of the set-ups. */
export function asked(sdk: SdkId, setups: readonly Asked[], folder: string): readonly RealAnswer[] {
  const { command, line = JSON.stringify } = DRIVERS.find((one) => one.sdk === sdk)!
  const [program, ...args] = command(folder)
  const input = setups.map((one) => `${line(one)}\n`).join('')
  const { stdout, stderr } = spawnSync(program!, args, { input, encoding: 'utf8', timeout: 240_000, maxBuffer: 16 * 1024 * 1024 })
  const lines = stdout.trim().split('\n')
  if (lines.length !== setups.length) throw new Error(`${sdk} answered ${lines.length} of ${setups.length} set-ups: ${stderr.slice(-2000)}`)
  return lines.map((one) => JSON.parse(one) as RealAnswer)
}
