/** Sets as they are kept: a folder with logs and `label.json`, or all of that in one compressed file, as sets are pinned. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { SetLabel } from './label.ts'

export interface KeptSet {
  readonly name: string
  readonly label: SetLabel
  bytesOf(file: string): Buffer
}

const PINNED = '.json.gz'

export function setsIn(folder: string): readonly KeptSet[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name)
      if (name.endsWith(PINNED)) return [unpacked(path)]
      return existsSync(join(path, 'label.json')) ? [inFolder(path)] : []
    })
}

function inFolder(path: string): KeptSet {
  const label = JSON.parse(readFileSync(join(path, 'label.json'), 'utf8')) as SetLabel
  return { name: basename(path), label, bytesOf: (file) => readFileSync(join(path, file)) }
}

function unpacked(path: string): KeptSet {
  const { label, files } = JSON.parse(gunzipSync(readFileSync(path)).toString('utf8')) as { label: SetLabel; files: Record<string, string> }
  return { name: basename(path, PINNED), label, bytesOf: (file) => Buffer.from(files[file]!, 'latin1') }
}

export function packed({ label, bytesOf }: KeptSet): Buffer {
  const files = Object.fromEntries(label.files.map(({ name }) => [name, bytesOf(name).toString('latin1')]))
  return gzipSync(JSON.stringify({ label, files }), { level: 9 })
}
