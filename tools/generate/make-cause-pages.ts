/**
 * Writes docs/causes/<id>.md for causes that have no page: `npm run pages`. What the page says is what the cause says of its
 * own golden case, so page and report cannot drift apart; a page that exists is left as it is (delete it to write it anew).
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { CAUSES, type Cause, type Finding } from '../../packages/countersign/src/index.ts'
import { readableText } from '../../packages/countersign/src/sigv4/byte-string.ts'
import { golden, goldenReport } from '../../packages/countersign/test/support/golden.ts'

const cases = golden('packages/countersign/test/cases')
for (const cause of CAUSES) {
  const path = `docs/causes/${cause.id}.md`
  if (existsSync(path)) continue
  const shown = cases.filter((one) => one.cause === cause.id && !one.name.includes('/not-'))
  const findings = shown.flatMap((one) =>
    goldenReport(one)
      .diagnosis.findings.filter(({ causes }) => causes[0] === cause.id)
      .map((finding) => ({ finding, one })),
  )
  const [best] = findings
  if (best === undefined) console.error(`${cause.id}: no golden case shows it; make one first (npm run golden)`)
  else
    writeFileSync(
      path,
      page(
        cause,
        best.finding,
        findings.map(({ finding, one }) => `\`${finding.proof.level}\` in \`test/cases/${one.name}\``),
      ),
    )
}

function page(cause: Cause, finding: Finding, shown: readonly string[]): string {
  const head = readFileSync(`packages/countersign/src/causes/${cause.id}.ts`, 'utf8').split('*/')[0]!
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
    ({ title, appliesTo, command }) =>
      `- ${title}${appliesTo === undefined ? '' : ` (${appliesTo})`}${command === undefined ? '' : `: \`${command}\``}`,
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
  return readableText(
    `# ${cause.id}\n\n${cause.summary[0]!.toUpperCase()}${cause.summary.slice(1)}.\n\n${sections.map(([title, text]) => `## ${title}\n\n${text}\n`).join('\n')}`,
  )
}

function links(head: string, kind: RegExp): string[] {
  return [...head.matchAll(/@see (\S+)(.*)/g)]
    .filter((found) => kind.test(found[1]!) && found[1]!.startsWith('http'))
    .map((found) => `<${found[1]}>${found[2]}`)
}

function sentence(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`
}
