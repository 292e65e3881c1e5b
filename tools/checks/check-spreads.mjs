// No list of any length is spread into arguments: of a hundred thousand, the call stack is full and the program ends in a RangeError.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const SPREAD = /\.(?:push|unshift|splice)\(\.\.\.|Math\.(?:max|min)\(\.\.\.|fromCharCode\(\.\.\./
let problems = 0
let files = 0
for (const name of readdirSync('packages')) {
  const root = join('packages', name, 'src')
  for (const file of readdirSync(root, { recursive: true }).filter((one) => one.endsWith('.ts'))) {
    files++
    for (const [i, line] of readFileSync(join(root, file), 'utf8').split('\n').entries()) {
      if (!SPREAD.test(line)) continue
      console.error(`${join(root, file)}:${i + 1} spreads a list into arguments; write "for (const more of list) all.push(more)" or reduce`)
      problems++
    }
  }
}
console.log(`spreads: ${files} files, ${problems} problems`)
if (problems > 0) process.exitCode = 1
