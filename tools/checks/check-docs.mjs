// Documents say what is true: links lead to files, and every `npx countersign ...` line names a command that exists, or a file.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const pages = []
const walk = (dir) => {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    if (entry.isDirectory()) walk(join(dir, entry.name))
    else if (entry.name.endsWith('.md')) pages.push(join(dir, entry.name))
  }
}
walk('docs')
for (const name of readdirSync('.')) if (name.endsWith('.md')) pages.push(name)
const commands = readdirSync('packages/countersign/src/cli/commands').map((name) => name.replace('.ts', ''))
const problems = []
for (const page of pages) {
  const text = readFileSync(page, 'utf8')
  for (const [, target] of text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g))
    if (!existsSync(join(dirname(page), target))) problems.push(`${page}: link to ${target}, which is not there`)
  for (const [, command] of text.matchAll(/npx countersign ([a-z]+)\b(?!\.)/g))
    if (!commands.includes(command)) problems.push(`${page}: "countersign ${command}" is not a command`)
}
for (const problem of problems) console.error(problem)
console.log(`docs: ${pages.length} pages, ${problems.length} problems`)
if (problems.length > 0) process.exitCode = 1
