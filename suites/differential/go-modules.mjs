// Servers that are Go modules.
import { cached, run } from './place.mjs'

export function goInstall(module) {
  run('go', ['install', module], { env: { GOBIN: cached('gobin'), GOPATH: cached('go'), GOFLAGS: '-modcacherw' } })
}

/** The version of the main module that a binary was built of. */
export function goVersion(binary) {
  return /^\s*mod\s+\S+\s+(\S+)/m.exec(run('go', ['version', '-m', binary]))?.[1] ?? 'unknown'
}

/** The version of a module that a binary was built with. */
export function goVersionOf(binary, module) {
  const lines = run('go', ['version', '-m', binary]).split('\n')
  return lines.map((line) => line.trim().split(/\s+/)).find(([kind, path]) => kind === 'dep' && path === module)?.[2] ?? 'unknown'
}
