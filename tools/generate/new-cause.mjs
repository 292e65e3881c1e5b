// Writes the artefacts of a new cause: npm run new-cause <id> <class>. What is left to fill in is marked <...>, and `npm run checks` and the tests fail until it is.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'

const [id, label] = process.argv.slice(2)
const PACKAGE = 'packages/countersign'
const classes = [...readFileSync(`${PACKAGE}/src/catalog/cause-class.ts`, 'utf8').matchAll(/'([a-z]+\.[a-z]+)'/g)].map((found) => found[1])
if (!/^[a-z0-9]+(-[a-z0-9]+)+$/.test(id ?? '') || !classes.includes(label)) {
  console.error(
    `usage: npm run new-cause <id> <class>\n<id> is <part>-<what happened to it>, for example header-removed-in-transit\n<class> is one of ${classes.join(', ')}`,
  )
  process.exit(2)
}
const camel = id.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase())
const write = (path, text) => {
  if (existsSync(path)) return console.log(`${path} is there already`)
  mkdirSync(path.slice(0, path.lastIndexOf('/')), { recursive: true })
  writeFileSync(path, text)
  console.log(path)
}
write(
  `${PACKAGE}/src/causes/${id}.ts`,
  `/**
 * <what happens, in one sentence>.
 * @see <the section of the specification>
 */
import { type SigningInputs, withPart } from '../sigv4/index.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { labelOf, sidesOf, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES } from './kit/wrong-fixes.js'

interface Params {
  readonly signed: string
}

const HEAD = { id: '${id}', class: '${label}', part: 'canonical-uri', undo } as const

export const ${camel} = defineCause<Params>({
  ...HEAD,
  summary: '<one line>',
  schemes: 'signatures',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOf(file, HEAD, []),
  explain,
})

function undo(inputs: SigningInputs, { signed }: Params): SigningInputs {
  return withPart(inputs, 'canonical-uri', signed)
}

function explain(match: Match<Params>): Explanation {
  const sides = sidesOf(match, undo)
  return {
    what: '<the fact, in the past tense>',
    why: '<the mechanism>',
    labels: sides === undefined ? [] : [labelOf(match.file, 'canonical-uri', '<calculated>', '<signed>', '<what to see>')],
    fixes: [{ title: '<the repair>', applicability: 'exact' }],
    wrongFixes: [CHANGE_IAM_POLICIES],
    check: '<a step whose outcome would differ if the diagnosis were wrong>',
  }
}
`,
)
write(
  `${PACKAGE}/test/support/inject/${id}.ts`,
  `import type { Inject } from './injection.ts'\n\n/** <the mistake>. */\nexport const inject: Inject = () => undefined\n`,
)
write(
  `${PACKAGE}/test/causes/${id}.test.ts`,
  `import { ${camel} } from '../../src/causes/${id}.ts'
import { causeContract } from '../support/cause-contract.ts'
import { inject } from '../support/inject/${id}.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({ cause: ${camel}, inject, correct: [standardInputs()], forms: 1, idle: { inputs: standardInputs(), params: { signed: '/' } } })
`,
)
const headings = [
  'What happened',
  'Why the signature no longer matches',
  'How it is proven',
  'Fix',
  'Looks right but is not',
  'Check',
  'Seen in',
  'References',
]
write(`docs/causes/${id}.md`, `# ${id}\n\n${headings.map((heading) => `## ${heading}\n\n<...>\n`).join('\n')}`)
spawnSync(process.execPath, ['tools/generate/generate-cause-index.mjs'], { stdio: 'inherit' })
