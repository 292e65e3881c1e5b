// Which room may import which: reads the table in ARCHITECTURE.md and every import in src. Between rooms only a room's index.ts may be
// imported. Also refuses cycles of files, `export *`, default exports, `node:` outside the edges, and the wall clock inside the pure rooms.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

const SRC = 'packages/countersign/src'
const may = new Map()
const table = readFileSync('ARCHITECTURE.md', 'utf8').split('<!-- layers -->')[1] ?? ''
for (const row of table.split('\n')) {
  const cells = row.split('|').map((cell) => cell.trim())
  if (cells.length >= 4 && /^`/.test(cells[1]))
    may.set(
      cells[1].replaceAll('`', ''),
      [...cells[2].matchAll(/`([^`]+)`/g)].map((found) => found[1]),
    )
}
const problems = []
if (may.size === 0) problems.push('ARCHITECTURE.md: no table between <!-- layers --> marks; put it back')

const files = []
const walk = (dir) => {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    if (entry.isDirectory()) walk(join(dir, entry.name))
    else if (entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts')) files.push(join(dir, entry.name))
  }
}
walk(SRC)

const roomOf = (path) => {
  const inside = relative(SRC, path)
  return inside.includes('/') ? inside.split('/')[0] : inside
}
const PURE = new Set([
  'catalog',
  'sigv4',
  'sigv2',
  'fast',
  'endpoints',
  'credentials',
  'text',
  'case',
  'evidence',
  'clues',
  'intake',
  'causes',
  'diagnosis',
  'report',
  'doctor',
])
/** What each file imports at run time, for cycles. */
const arrows = new Map(files.map((file) => [file, []]))
for (const file of files) {
  const text = readFileSync(file, 'utf8')
  const room = roomOf(file)
  const allowed = may.get(room)
  if (allowed === undefined) problems.push(`${file}: the room "${room}" is not in the table of ARCHITECTURE.md; add a row or move the file`)
  if (/^export \*/m.test(text)) problems.push(`${file}: "export *" hides what is public; name each export`)
  if (/^export default/m.test(text)) problems.push(`${file}: default export; give it a name`)
  if (PURE.has(room) && /\bDate\.now\(|new Date\(\)/.test(text.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g, '')))
    problems.push(`${file}: reads the clock; take the time as an argument`)
  for (const [, type, from] of text.matchAll(/^(?:import|export) (type )?[^'"]*?from '([^']+)'/gms)) {
    if (from.startsWith('node:') && !(allowed ?? []).includes('node:*')) {
      if (![join(SRC, 'sha256/node.ts'), join(SRC, 'p256/node.ts')].includes(file))
        problems.push(`${file}: imports ${from}; only the edges may (see ARCHITECTURE.md)`)
    } else if (from === '#sha256') {
      if (!(allowed ?? []).includes('sha256')) problems.push(`${file}: imports #sha256; "${room}" may not hash`)
    } else if (from === '#p256') {
      if (!(allowed ?? []).includes('p256')) problems.push(`${file}: imports #p256; "${room}" may not sign with a key pair`)
    } else if (from.startsWith('.')) {
      const path = join(dirname(file), from.replace(/\.js$/, '.ts'))
      const target = roomOf(path)
      if (type === undefined) arrows.get(file).push(path)
      if (target !== room && target.includes('.') === false && !path.endsWith(`/${target}/index.ts`))
        problems.push(`${file}: imports ${from}; other rooms have one door: export it from src/${target}/index.ts and import that`)
      const listed = (allowed ?? []).includes(target) || (type !== undefined && (allowed ?? []).includes(`type ${target}`))
      if (target !== room && !listed)
        problems.push(`${file}: imports ${from}; "${room}" may import ${(allowed ?? []).join(', ') || 'nothing'}`)
    }
  }
}
for (const file of files.filter((name) => roomOf(name) === 'causes' && /= defineCause/.test(readFileSync(name, 'utf8')))) {
  for (const [, from] of readFileSync(file, 'utf8').matchAll(/from '\.\/([a-z0-9-]+)\.js'/g)) {
    if (/= defineCause/.test(readFileSync(join(SRC, 'causes', `${from}.ts`), 'utf8')))
      problems.push(`${file}: a cause imports another cause (${from}); move what they share into a separate file`)
  }
}
for (const circle of circles()) problems.push(`a circle of imports: ${circle.join(' -> ')}; move what they share into a separate file`)

/** Circles of files that import one another at run time, each once. */
function circles() {
  const found = []
  const done = new Set()
  const visit = (file, path) => {
    const at = path.indexOf(file)
    if (at >= 0) return found.push([...path.slice(at), file].map((name) => relative(SRC, name)))
    if (done.has(file)) return
    for (const next of arrows.get(file) ?? []) visit(next, [...path, file])
    done.add(file)
  }
  for (const file of files) visit(file, [])
  return found
}

for (const problem of problems) console.error(problem)
console.log(`layers: ${files.length} files, ${problems.length} problems`)
if (problems.length > 0) process.exitCode = 1
