// Puts the command line into few files: three hundred modules take node longer to open than the whole diagnosis does.
import { existsSync, readFileSync, rmSync } from 'node:fs'
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
    onLoad({ filter: /dist\/.*\.js$/ }, ({ path }) => {
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

rmSync(`${root}dist/bin`, { recursive: true, force: true })
await build({
  // The threads of `serve` have to stand beside the piece of the bundle that starts them.
  entryPoints: {
    main: `${root}dist/cli/main.js`,
    'diagnosis-worker': `${root}dist/server/diagnosis-worker.js`,
    'recording-worker': `${root}dist/server/recording-worker.js`,
  },
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
  plugins: [pastDoors],
})
