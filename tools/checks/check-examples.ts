// Names that are promised are documented: each function, class and value that an entry of the package exports and marks @public says
// in a sentence what it is, and has an example that imports it and shows what comes out. packages/countersign/test/stories/examples.test.ts
// runs the examples. Run it after the build: npm run examples
import { readFileSync } from 'node:fs'
import { documentedNames } from '../../packages/countersign/test/support/documents/code-examples.ts'

const manifest = JSON.parse(readFileSync('packages/countersign/package.json', 'utf8'))
const entries = Object.entries<{ default?: string } | string>(manifest.exports).flatMap(([name, target]) =>
  typeof target === 'object' && target.default !== undefined && name !== './server/diagnosis-worker'
    ? [{ name: name.replace('.', 'countersign'), file: target.default }]
    : [],
)
const exported = new Set<string>()
for (const { file } of entries)
  for (const name of Object.keys(await import(new URL(`../../packages/countersign/${file}`, import.meta.url).href))) exported.add(name)

// Commands have names of the library, too, and are exported by no entry.
const declared = documentedNames().filter(
  ({ name, kind, place }) => exported.has(name) && kind !== 'interface' && kind !== 'type' && !place.includes('/src/cli/'),
)
const problems: string[] = []
for (const name of exported)
  if (!declared.some((one) => one.name === name && one.release !== undefined))
    problems.push(`${name} is exported without a doc comment that says @public or @internal`)
const promised = declared.filter(({ release }) => release === 'public')
for (const { name, place, examples } of promised) {
  if (examples.length === 0) problems.push(`${place}: ${name} is public and has no @example`)
  for (const { place: at, code } of examples) {
    if (code === '') problems.push(`${at}: the example of ${name} is no code: \`\`\`js on the line below @example, \`\`\` at its end`)
    else if (!new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from 'countersign(?:/[a-z0-9]+)?'`).test(code))
      problems.push(`${at}: the example of ${name} does not import it from countersign`)
    else if (!/\/\/ (?:=>|throws) /.test(code))
      problems.push(`${at}: the example of ${name} shows no result: end a line with // => and what comes out`)
  }
}
for (const problem of problems) console.error(problem)
console.log(`examples: ${promised.length} public names of ${exported.size}, ${problems.length} problems`)
if (problems.length > 0) process.exitCode = 1
