/**
 * Draws the report of an example for the README: `npm run picture`; with --check it only compares.
 * It is what the README's first command prints on a terminal with colours, 92 columns wide.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { diagnoseEvidence, renderTerminal } from '../../packages/countersign/src/index.ts'
import { ansiToSvg } from './ansi-to-svg.ts'

const PATH = 'docs/pictures/report.svg'
const EXAMPLE = 'examples/path-encoded-twice'
const COLUMNS = 92

const evidence = readdirSync(EXAMPLE)
  .sort()
  .map((name) => ({ name: `${EXAMPLE}/${name}`, text: readFileSync(`${EXAMPLE}/${name}`, 'latin1') }))
const report = renderTerminal(diagnoseEvidence(evidence), { colour: true, columns: COLUMNS, evidence })
const picture = ansiToSvg(`\u001b[2m$\u001b[0m npx countersign diagnose ${EXAMPLE}/*\n${report}`, {
  title: 'A report: the cause is proven, with the line in the log, the two paths, the proof, the fix and what not to do',
  columns: COLUMNS,
})

if (!process.argv.includes('--check')) {
  writeFileSync(PATH, picture)
  console.log(`${PATH}: ${report.split('\n').length - 1} lines`)
} else if (!existsSync(PATH) || readFileSync(PATH, 'utf8') !== picture) {
  console.error(`${PATH} is not what the report says; run: npm run picture`)
  process.exitCode = 1
} else console.log('picture: 0 problems')
