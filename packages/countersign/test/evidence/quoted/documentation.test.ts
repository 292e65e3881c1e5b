/** Pages that explain are no evidence, whole; what somebody tells of a fault is, captions or not. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { documentation } from '../../../src/evidence/quoted/documentation.ts'
import { diagnoseEvidence } from '../../../src/index.ts'
import { curlLog, rewritesHost } from '../../support/sessions.ts'
import { readerLaws } from '../reader-laws.ts'

readerLaws(documentation)

const ROOT = new URL('../../../../../', import.meta.url)
const PAGE = `# Why a signature is refused

When a service receives a request, it calculates the signature again. If the two differ, you get the error below. You should look at each part in turn.

## The scope

If the date in the scope is not the day of the request, the service refuses the request and says so:

\`\`\`
Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP
\`\`\`

If the Region is not that of the endpoint, you get this message. You can find the Region of a bucket with an SDK:

\`\`\`
<Error><Code>AuthorizationHeaderMalformed</Code><Message>The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1'</Message><Region>eu-west-1</Region></Error>
\`\`\`

A scope must end with a fixed word. If it does not, an error names the word:

\`\`\`
Credential should be scoped with a valid terminator: 'aws4_request', not 'aws4'
\`\`\`

## The key

A secret that you keep in a file may have a line break at its end. You must take it off before you derive a key. If you can sign a request with an SDK and the same pair, each value is right, and you should compare the two texts. You may use any tool for that.
`

test('a page with error messages, regions and a worked error is read as nothing', () => {
  const { outcome, requests, findings, notes, next } = diagnoseEvidence([{ name: 'page.md', text: PAGE }])
  assert.deepEqual([outcome, requests, findings, next], ['nothing-read', [], [], undefined])
  assert.match(notes.join(), /page\.md: is documentation.*give that part alone/)
})

test('copied out of a browser, without its marks, it is the same page', () => {
  const bare = PAGE.replace(/^#+ /gm, '').replace(/^```\n/gm, '')
  assert.equal(diagnoseEvidence([{ name: 'page.txt', text: bare }]).outcome, 'nothing-read')
})

test('a page beside a log changes nothing of what the log says', () => {
  const log = { name: 'a.log', text: curlLog({ target: '/b/k', hop: rewritesHost }) }
  const both = diagnoseEvidence([{ name: 'page.md', text: PAGE }, log])
  assert.deepEqual(both.findings, diagnoseEvidence([log]).findings)
  assert.equal(both.requests.length, 1)
})

test('a page that its user declares a side of is read all the same', () => {
  assert.notEqual(diagnoseEvidence([{ name: 'page.md', text: PAGE, side: 'verifier' }]).requests.length, 0)
})

test('a report with captions and advice in it is evidence: somebody tells, or a form asks', () => {
  const advice = PAGE.split('\n')
    .filter((line) => line.startsWith('If '))
    .join('\n\n')
    .repeat(3)
  for (const report of [
    `# Uploads refused\n\n${advice}\n\nI have tried all of that and the upload still fails.\n`,
    `## Describe the bug\n\n${advice}\n\n## Expected behavior\n\nThe object is stored.\n`,
    `# Uploads refused\n\n${advice}\n\nAny ideas which header that may be?\n`,
    `# Uploads refused\n\n${advice}\n\nThis started after upgrading the load balancer.\n`,
    `# Uploads refused\n\n${'The upload went through nginx and failed. The store answered 403 and the client stopped. The same call worked from the host. '.repeat(12)}\n`,
  ])
    assert.ok(!documentation.recognize(report), report.slice(-80))
})

test('our own pages are no evidence', () => {
  const folders = ['docs/causes/', 'docs/manual/']
  const pages = folders
    .flatMap((folder) => readdirSync(new URL(folder, ROOT)).map((name) => `${folder}${name}`))
    .filter((path) => path.endsWith('.md'))
  assert.ok(pages.length > 100)
  const read = pages.filter((path) => !documentation.recognize(readFileSync(new URL(path, ROOT), 'latin1')))
  // The tersest are lists: nothing tells them from a report for certain.
  assert.ok(read.length * 20 < pages.length, read.join())
  for (const path of read)
    assert.ok(
      diagnoseEvidence([{ name: path, text: readFileSync(new URL(path, ROOT), 'latin1') }]).findings.every(
        ({ proof }) => proof.level === 'none',
      ),
      path,
    )
})

const CASES = new URL('../shared/cases/', ROOT)
test('no piece of a case is taken for a page', { skip: existsSync(CASES) ? false : 'skipped: ../shared is not there' }, () => {
  for (const folder of [CASES, new URL('../shared/cases-2/', ROOT)])
    for (const name of readdirSync(folder).filter((one) => one.endsWith('.json'))) {
      const { evidence } = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { evidence: { text: string }[] }
      for (const { text } of evidence) assert.ok(!documentation.recognize(text), name)
    }
})
