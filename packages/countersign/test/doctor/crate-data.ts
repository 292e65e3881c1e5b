/** The test data of the crate aws-runtime, where cargo has fetched it: `cargo fetch` in a scratch package that depends on it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** A file of the crate's newest version, parsed; `undefined` where there is none. */
export function crateData<Data>(name: string): Data | undefined {
  const registry = join(process.env['CARGO_HOME'] ?? join(homedir(), '.cargo'), 'registry/src')
  if (!existsSync(registry)) return undefined
  const crate = readdirSync(registry)
    .flatMap((index) => readdirSync(join(registry, index)).map((one) => join(registry, index, one)))
    .filter((path) => /\/aws-runtime-[\d.]+$/.test(path))
    .at(-1)
  return crate === undefined ? undefined : (JSON.parse(readFileSync(join(crate, 'test-data', name), 'utf8')) as Data)
}
