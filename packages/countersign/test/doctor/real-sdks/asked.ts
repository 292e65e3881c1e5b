/** Asks the real SDKs, where they are installed: in the folder of the interop suite, and as Debian's package of the AWS CLI v2. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
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

/** What starts each SDK's driver; a missing one is skipped. */
const DRIVERS: readonly { readonly sdk: SdkId; readonly needs: string; readonly command: readonly string[] }[] = [
  { sdk: 'botocore', needs: join(CACHE, 'done/python'), command: [PYTHON, join(HERE, 'python.py'), 'botocore'] },
  { sdk: 'aws-cli-v1', needs: join(CACHE, 'done/python'), command: [PYTHON, join(HERE, 'python.py'), 'cli'] },
  {
    sdk: 'aws-cli-v2',
    needs: '/usr/lib/python3/dist-packages/awscli/botocore',
    command: ['/usr/bin/python3', join(HERE, 'python.py'), 'cli'],
  },
  {
    sdk: 'javascript-v3',
    needs: join(CACHE, 'done/npm'),
    command: [process.execPath, '--no-warnings', join(HERE, 'javascript.mjs'), join(CACHE, 'clients')],
  },
]

export const INSTALLED = DRIVERS.filter(({ needs }) => existsSync(needs)).map(({ sdk }) => sdk)

/** Writes the files of a set-up, and gives the environment that leads to them. */
export function written(setup: RealSetup, folder: string): Record<string, string> {
  mkdirSync(join(folder, '.aws'), { recursive: true })
  const { credentials, config } = setup
  if (credentials !== undefined) writeFileSync(join(folder, '.aws/credentials'), credentials)
  if (config !== undefined) writeFileSync(join(folder, '.aws/config'), config)
  return { ...setup.env, HOME: folder, AWS_EC2_METADATA_DISABLED: 'true' }
}

/** The answers of one SDK, in the order of the set-ups. */
export function asked(
  sdk: SdkId,
  setups: readonly { readonly env: Record<string, string>; readonly profile?: string }[],
): readonly RealAnswer[] {
  const [program, ...args] = DRIVERS.find((one) => one.sdk === sdk)!.command
  const input = setups.map((one) => `${JSON.stringify(one)}\n`).join('')
  const { stdout, stderr } = spawnSync(program!, args, { input, encoding: 'utf8', timeout: 240_000, maxBuffer: 16 * 1024 * 1024 })
  const lines = stdout.trim().split('\n')
  if (lines.length !== setups.length) throw new Error(`${sdk} answered ${lines.length} of ${setups.length} set-ups: ${stderr.slice(-2000)}`)
  return lines.map((line) => JSON.parse(line) as RealAnswer)
}
