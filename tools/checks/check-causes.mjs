// One name, five artefacts: every cause has its source, test, golden case, page and index entry, and its class is one of the contract.
import { existsSync, readdirSync, readFileSync } from 'node:fs'

const PACKAGE = 'packages/countersign'
const HEADINGS = [
  'What happened',
  'Why the signature no longer matches',
  'How it is proven',
  'Fix',
  'Looks right but is not',
  'Check',
  'Seen in',
  'References',
]
const sources = readdirSync(`${PACKAGE}/src/causes`).filter(
  (name) => name.endsWith('.ts') && /= defineCause/.test(readFileSync(`${PACKAGE}/src/causes/${name}`, 'utf8')),
)
const classes = readFileSync(`${PACKAGE}/src/catalog/cause-class.ts`, 'utf8')
const index = readFileSync(`${PACKAGE}/src/causes/index.ts`, 'utf8')
const problems = []
for (const name of sources) {
  const id = name.slice(0, -3)
  const text = readFileSync(`${PACKAGE}/src/causes/${name}`, 'utf8')
  if (!text.includes(`id: '${id}'`)) problems.push(`${name}: its id is not its file's name`)
  const label = /class: '([^']+)'/.exec(text)?.[1]
  if (label === undefined || !classes.includes(`'${label}'`)) problems.push(`${name}: class ${label} is not in cause-class.ts`)
  if (!index.includes(`'./${id}.js'`)) problems.push(`${name}: not in causes/index.ts; run: node tools/generate/generate-cause-index.mjs`)
  if (!existsSync(`${PACKAGE}/test/causes/${id}.test.ts`)) problems.push(`${name}: no test/causes/${id}.test.ts`)
  const page = `docs/causes/${id}.md`
  if (!existsSync(page)) problems.push(`${name}: no ${page}`)
  else {
    const sections = new Map(
      readFileSync(page, 'utf8')
        .split(/^## /m)
        .map((section) => [section.split('\n')[0], section.slice(section.indexOf('\n')).trim()]),
    )
    for (const heading of HEADINGS)
      if (!sections.has(heading)) problems.push(`${page}: no heading "## ${heading}"`)
      else if (sections.get(heading) === '') problems.push(`${page}: nothing below "## ${heading}"`)
  }
  if (!existsSync(`${PACKAGE}/test/cases/${id}`)) problems.push(`${name}: no golden case in test/cases/${id}/`)
}
for (const problem of problems) console.error(problem)
console.log(`causes: ${sources.length}, ${problems.length} problems`)
if (problems.length > 0) process.exitCode = 1
