// Puts the command line into few files: three hundred modules take node longer to open than the whole diagnosis does.
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../../packages/countersign/', import.meta.url))
rmSync(`${root}dist/bin`, { recursive: true, force: true })
await build({
  // The thread of `serve` has to stand beside the piece of the bundle that starts it.
  entryPoints: { main: `${root}dist/cli/main.js`, 'diagnosis-worker': `${root}dist/server/diagnosis-worker.js` },
  outdir: `${root}dist/bin`,
  absWorkingDir: root,
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  conditions: ['node'],
  target: 'node20.12',
  minifyWhitespace: true,
  minifySyntax: true,
  charset: 'utf8',
  logLevel: 'warning',
})
