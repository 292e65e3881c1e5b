/** The services that the lab's requests end at. Those of suites/differential are started by what is written there. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as moto from '../differential/servers/moto.mjs'
import * as seaweedfs from '../differential/servers/seaweedfs.mjs'
import * as swift from '../differential/servers/swift.mjs'
import * as versitygw from '../differential/servers/versitygw.mjs'
import { startServe } from '../interop/serve.mjs'
import { ACCESS_KEY_ID, REGION, SECRET, TEMPORARY_ID, TOKEN } from './faults.ts'

export interface Service {
  /** Knows temporary keys, refuses another region, answers STS. */
  readonly tokens: boolean
  readonly regions: boolean
  readonly sts: boolean
  /** Refuses a request whose date is off. */
  readonly clocks: boolean
  install?(): void
  start(): Promise<RunningService>
}

export interface RunningService {
  readonly port: number
  readonly accessKeyId: string
  readonly secretAccessKey: string
  end(): Promise<void>
}

export const SERVICES: Readonly<Record<string, Service>> = {
  serve: { tokens: true, regions: true, sts: true, clocks: true, start: countersign },
  swift: { tokens: false, regions: true, sts: false, clocks: true, install: swift.install, start: swift.start },
  versitygw: { tokens: false, regions: true, sts: false, clocks: true, install: versitygw.install, start: versitygw.start },
  seaweedfs: { tokens: false, regions: false, sts: false, clocks: true, install: seaweedfs.install, start: settled(seaweedfs.start) },
  moto: { tokens: false, regions: false, sts: false, clocks: false, install: moto.install, start: moto.start },
}

function settled(start: () => Promise<RunningService & { settle?: number }>): () => Promise<RunningService> {
  return async () => {
    const running = await start()
    await new Promise((wake) => setTimeout(wake, running.settle ?? 0))
    return running
  }
}

async function countersign(): Promise<RunningService> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-lab-serve-'))
  const keys = join(folder, 'keys.json')
  const known = { [ACCESS_KEY_ID]: { secretAccessKey: SECRET }, [TEMPORARY_ID]: { secretAccessKey: SECRET, sessionToken: TOKEN } }
  writeFileSync(keys, JSON.stringify(known), { mode: 0o600 })
  const serve = await startServe(keys, ['--region', REGION, '--quiet'])
  return {
    port: serve.port,
    accessKeyId: ACCESS_KEY_ID,
    secretAccessKey: SECRET,
    async end() {
      await serve.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
