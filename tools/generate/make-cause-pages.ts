/**
 * Writes docs/causes/<id>.md for every cause: `npm run pages`. What the page says is what the cause says of its golden case and
 * in the comment of its source, so page, source and report cannot drift apart. With `--check` it only compares.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { SUBJECTS } from '../../packages/countersign/src/catalog/index.ts'
import { assembleCase, CAUSES, type Cause, type Explanation, readEvidence } from '../../packages/countersign/src/index.ts'
import { readableText } from '../../packages/countersign/src/sigv4/byte-string.ts'
import { type GoldenCase, golden, goldenReport, goldenSecrets, goldenSources } from '../../packages/countersign/test/support/golden.ts'

const check = process.argv.includes('--check')
const cases = golden('packages/countersign/test/cases')
let stale = 0
for (const cause of CAUSES) {
  const path = `docs/causes/${cause.id}.md`
  const shown = cases.filter((one) => one.cause === cause.id && !one.name.includes('/not-'))
  const findings = shown.flatMap((one) =>
    goldenReport(one)
      .diagnosis.findings.filter(({ causes, alternatives }) => causes[0] === cause.id || alternatives.includes(cause.id))
      .map((finding) => ({ finding, one })),
  )
  const own = findings.find(({ finding }) => finding.causes[0] === cause.id)?.finding ?? shown.map((one) => explained(cause, one))[0]
  if (own === undefined) {
    console.log(`${cause.id}: no golden case shows it, so its page stays as it is written`)
    continue
  }
  const text = page(
    cause,
    own,
    findings.map(({ finding, one }) => `\`${finding.proof.level}\` in \`test/cases/${one.name}\``),
  )
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue
  stale++
  if (check)
    console.error(`${path} is not what is generated; run: npm run pages (what it says beyond its source stands in docs/cause-notes)`)
  else writeFileSync(path, text)
}
console.log(`cause pages: ${CAUSES.length}, ${stale} ${check ? 'stale' : 'written'}`)
if (check && stale > 0) process.exitCode = 1

/** What a cause says of its case where another cause is said first: the first thing it suspects, explained. */
function explained(cause: Cause, one: GoldenCase): Explanation | undefined {
  const file = assembleCase(readEvidence(goldenSources(one)), { secrets: goldenSecrets(one) })
  for (const { params } of cause.suspect(file)) {
    const signer = file.inputsSeen === undefined ? undefined : cause.undo(file.inputsSeen, params)
    return cause.explain({ params, file, verifier: file.inputsSeen, signer })
  }
  return undefined
}

function page(cause: Cause, finding: Explanation, shown: readonly string[]): string {
  const head = readFileSync(`packages/countersign/src/causes/${cause.id}.ts`, 'latin1').split('*/')[0]!
  const [threads, specification] = [
    links(head, /github\.com\/[^/]+\/[^/]+\/(?:issues|pull)/),
    links(head, /^(?!.*github\.com\/[^/]+\/[^/]+\/(?:issues|pull))/),
  ]
  const intro = head
    .replace(/\/\*\*|^ \* ?|@see.*/gm, '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .join(' ')
  const fix = finding.fixes.map(
    ({ title, appliesTo = [], command }) =>
      `- ${title}${appliesTo.length === 0 ? '' : ` (${appliesTo.map((subject) => SUBJECTS[subject].name).join(', ')})`}${command === undefined ? '' : `: \`${command}\``}`,
  )
  const sections: readonly [string, string][] = [
    ['What happened', `${intro}\n\nFor example: ${finding.what}.`],
    ['Why the signature no longer matches', sentence(finding.why)],
    [
      'How it is proven',
      `In the bundled cases: ${[...new Set(shown)].join('; ')}. Class in the JSON output: \`${cause.class}\`. See [how proof works](../manual/how-proof-works.md).`,
    ],
    ['Fix', fix.join('\n')],
    ['Looks right but is not', finding.wrongFixes.map(({ title, why }) => `- ${title}: ${why}`).join('\n')],
    ['Check', sentence(finding.check)],
    [
      'Seen in',
      threads.length > 0
        ? threads.map((link) => `- ${link}`).join('\n')
        : 'No public thread is linked; the cause follows from the specification.',
    ],
    ['References', [...specification.map((link) => `- ${link}`), '- [The order of checks](../manual/error-order.md)'].join('\n')],
  ]
  const notes = notesOf(cause.id)
  const whole = sections.map(
    ([title, text]) =>
      [title, [text, notes.get(title)].filter(Boolean).join(notes.get(title)?.startsWith('|') === true ? '\n\n' : '\n')] as const,
  )
  return readableText(
    `# ${cause.id}\n\n${cause.summary[0]!.toUpperCase()}${cause.summary.slice(1)}.\n\n${whole.map(([title, text]) => `## ${title}\n\n${text}\n`).join('\n')}`,
  )
}

/** What a page says beyond its source, by heading: docs/cause-notes/<id>.md. */
function notesOf(id: string): ReadonlyMap<string, string> {
  const path = `docs/cause-notes/${id}.md`
  if (!existsSync(path)) return new Map()
  const sections = readFileSync(path, 'latin1').split(/^## /m).slice(1)
  return new Map(sections.map((section) => [section.split('\n', 1)[0]!, section.slice(section.indexOf('\n')).trim()]))
}

function links(head: string, kind: RegExp): string[] {
  return [...head.matchAll(/@see (\S+)(.*)/g)]
    .filter((found) => kind.test(found[1]!) && found[1]!.startsWith('http'))
    .map((found) => `<${found[1]}>${found[2]}`)
}

function sentence(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`
}
