// Does the tutorials of docs/tutorials and says where something else is printed than they say; with --write it puts that in its place.
// What differs only in dates, hashes and IDs stays as it is. Run it after a build: npm run tutorials
import { readdirSync, writeFileSync } from 'node:fs'
import { runTutorial } from '../../packages/countersign/test/support/documents/run-tutorial.ts'
import { readTutorial } from '../../packages/countersign/test/support/documents/tutorial.ts'

const dir = 'docs/tutorials'
let different = 0
for (const name of readdirSync(dir).filter((one) => one.endsWith('.md'))) {
  const tutorial = readTutorial(`${dir}/${name}`)
  const lines = [...tutorial.lines]
  const runs = await runTutorial(tutorial)
  for (const { printed, actual } of [...runs].reverse()) {
    if (printed === undefined || actual === undefined || actual === printed.lines) continue
    different++
    console.log(`${dir}/${name}:${printed.from + 1} prints\n${actual.join('\n')}`)
    lines.splice(printed.from, printed.to - printed.from, ...actual)
  }
  if (process.argv.includes('--write')) writeFileSync(`${dir}/${name}`, lines.join('\n'))
}
console.log(`tutorials: ${different} blocks print something else`)
if (different > 0 && !process.argv.includes('--write')) process.exitCode = 1
