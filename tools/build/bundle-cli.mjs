// Puts the command line into few files: three hundred modules take node longer to open than the whole diagnosis does.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../../packages/countersign/', import.meta.url))
/** What a door exports, and out of which file. */
const doors = new Map()
function doorOf(path) {
  if (doors.has(path)) return doors.get(path)
  const behind = new Map()
  for (const [, names, from] of readFileSync(path, 'utf8').matchAll(/^export \{([^}]*)\} from '([^']+)';?$/gm))
    for (const name of names.split(',').map((one) => one.trim())) if (name !== '') behind.set(name, join(dirname(path), from))
  doors.set(path, behind)
  return behind
}

/**
 * Imports through a room's door, written as imports of the files behind it. A door holds nothing but exports; bundled as it stands it
 * draws its whole room into every piece that takes one name of it, and `--version` loads what only `serve` needs.
 */
const pastDoors = {
  name: 'past-doors',
  setup: ({ onLoad }) =>
    onLoad({ filter: /countersign\/dist\/.*\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8')
      const contents = text.replace(/^import \{([^}]*)\} from '(\.[^']*\/index\.js)';?$/gm, (line, names, from) => {
        const door = join(dirname(path), from)
        const behind = existsSync(door) ? doorOf(door) : new Map()
        const each = names.split(',').map((one) => one.trim())
        if (!each.every((one) => behind.has(one.split(' as ')[0]))) return line
        return each.map((one) => `import { ${one} } from './${relative(dirname(path), behind.get(one.split(' as ')[0]))}';`).join(' ')
      })
      return { contents, loader: 'js' }
    }),
}

/** A script has `require` already; node:module brings in node's loader of modules. */
const ownRequire = {
  name: 'own-require',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^node:module$/ }, () => ({ path: 'module', namespace: 'own-require' }))
    onLoad({ filter: /.*/, namespace: 'own-require' }, () => ({ contents: 'export const createRequire = () => require' }))
  },
}

/** What signs certificates stands in another file beside the bundle: only `record --proxy` opens it. */
const x509Beside = {
  name: 'x509-beside',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^@peculiar\/x509$/ }, () => ({ path: 'x509', namespace: 'beside' }))
    onResolve({ filter: /^reflect-metadata$/ }, () => ({ path: 'nothing', namespace: 'beside' }))
    onResolve({ filter: /^\.\/x509\.cjs$/ }, ({ path }) => ({ path, external: true }))
    onLoad({ filter: /^x509$/, namespace: 'beside' }, () => ({ contents: "module.exports = require('./x509.cjs')" }))
    onLoad({ filter: /^nothing$/, namespace: 'beside' }, () => ({ contents: '' }))
  },
}

const options = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  conditions: ['node'],
  target: 'node20.12',
  minifyWhitespace: true,
  minifySyntax: true,
  // Text with one character above ASCII takes V8 twice the memory and half again the time to read.
  charset: 'ascii',
  logLevel: 'warning',
  plugins: [pastDoors],
}
rmSync(`${root}dist/bin`, { recursive: true, force: true })
// One script, because V8 keeps what it compiled of scripts only: the modules of a command begin where it is called, as in the source.
const main = `${root}dist/bin/main.cjs`
await build({
  ...options,
  entryPoints: { main: `${root}dist/cli/main.js` },
  outfile: main,
  format: 'cjs',
  plugins: [pastDoors, ownRequire, x509Beside],
  define: { 'import.meta.url': 'ownUrl' },
  // The function that start.ts calls, as node makes one of every CommonJS module; put round the text here, it is not copied at every start.
  banner: {
    js: "(function(require,module,exports,__filename){'use strict';const ownUrl=require('node:url').pathToFileURL(__filename).href;",
  },
  footer: { js: '})' },
  // `import.meta.resolve` is for the source alone.
  logOverride: { 'empty-import-meta': 'silent' },
})
// esbuild leaves characters in patterns as they are; an escape means the same there.
const ascii = readFileSync(main, 'utf8').replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
writeFileSync(main, ascii)
const hash = createHash('sha256').update(ascii).digest('hex').slice(0, 16)
await build({
  ...options,
  stdin: {
    contents: `import { start } from './dist/cli/start.js'; import { join } from 'node:path'; start(join(__dirname, 'main.cjs'), '${hash}', require)`,
    resolveDir: root,
  },
  outfile: `${root}dist/bin/start.cjs`,
  format: 'cjs',
})
// The threads of `serve` have to stand beside the bundle that starts them.
await build({
  ...options,
  entryPoints: {
    'diagnosis-worker': `${root}dist/server/diagnosis-worker.js`,
    'recording-worker': `${root}dist/server/recording-worker.js`,
  },
  outdir: `${root}dist/bin`,
  splitting: true,
  format: 'esm',
})

const { metafile } = await build({
  ...options,
  stdin: { contents: "import 'reflect-metadata'; export * from '@peculiar/x509'", resolveDir: root },
  outfile: `${root}dist/bin/x509.cjs`,
  format: 'cjs',
  mainFields: ['module', 'main'],
  metafile: true,
})

// What is inlined comes with its licence.
const inlined = new Set(Object.keys(metafile.inputs).flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? []))
const notices = [...inlined].sort().map((path) => {
  const dir = join(root, path)
  const { name, version, license } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'))
  const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENCE'].find((one) => existsSync(join(dir, one)))
  if (file === undefined)
    throw new Error(`${name} is inlined into the command line and has no licence file; see tools/build/bundle-cli.mjs`)
  return `${name} ${version} (${license})\n\n${readFileSync(join(dir, file), 'utf8').trim()}\n`
})
writeFileSync(`${root}dist/bin/THIRD-PARTY-LICENSES.txt`, notices.join(`\n${'-'.repeat(80)}\n\n`))
