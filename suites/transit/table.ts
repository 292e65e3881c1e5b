/** What a run found, as lines for a terminal and as the manual's page. */
import { readFileSync, writeFileSync } from 'node:fs'
import type { Intermediary } from './intermediaries/intermediary.ts'
import { isNamed, namedBy, type Row } from './matrix.ts'

/** What of one service was sent through an intermediary in which nothing is wrong. */
export interface Passing {
  readonly service: string
  readonly intermediary: string
  readonly passed: number
  readonly of: number
  /** By name, with what changes; no configuration passes it on. */
  readonly left: readonly string[]
}

export interface Found {
  readonly intermediaries: readonly Intermediary[]
  readonly versions: ReadonlyMap<string, string>
  readonly passing: readonly Passing[]
  readonly rows: readonly Row[]
}

const share = (rows: readonly Row[], holds: (row: Row) => boolean) => `${rows.filter(holds).length} of ${rows.length}`

export function summaryOf({ rows }: Found): readonly string[] {
  const logged = rows.filter(({ logged }) => logged !== undefined)
  const edited = rows.filter(({ edited }) => edited !== undefined)
  return [
    `named with proof                         ${share(rows, isNamed)}`,
    `  by a recording in front                ${share(rows, ({ recorded }) => recorded.right && recorded.proven)}`,
    `  by the client's log and the answer     ${share(logged, (row) => row.logged!.right && row.logged!.proven)}`,
    `  by recordings of both sides (hops)     ${share(rows, ({ hops }) => hops.right && hops.proven)}`,
    `the hop named                            ${share(rows, ({ hops }) => hops.hop)}`,
    `a line that is wrong named               ${share(rows, ({ hops }) => hops.line)}`,
    `accepted after the correction            ${share(rows, ({ corrected }) => corrected)}`,
    `the line named by the product itself     ${edited.length} of ${rows.length}, works: ${share(edited, (row) => row.edited === true)}`,
  ]
}

/** Writes the manual's page. */
export function writePage(path: string, found: Found): void {
  writeFileSync(path, pageOf(found))
}

/**
 * Where the manual's page does not say what this run found; in words. Of an intermediary of another version it is not asked. A short run finds
 * some of the causes that the page has, and no other.
 */
export function differences(path: string, found: Found, say: (line: string) => void): readonly string[] {
  const page = readFileSync(path, 'utf8').split('\n')
  return found.intermediaries.flatMap((one) => {
    const at = page.indexOf(headingOf(one, found))
    if (at < 0) {
      say(`${path} is of another version of ${one.name} than ${found.versions.get(one.name)}: not compared`)
      return []
    }
    const end = page.findIndex((line, place) => place > at && line.startsWith('## '))
    const section = page.slice(at, end < 0 ? undefined : end).map(cellsOf)
    return sectionOf(one, found)
      .map(cellsOf)
      .filter((row) => row.length > 0 && !section.some((cells) => holds(cells, row)))
      .map((row) => `${path} says something else of ${one.name}: ${row.join(' | ')}`)
  })
}

/** The cells of a table's line: mistake, wrong, right, what changes, causes. */
const cellsOf = (line: string) => (line.startsWith('| ') ? line.slice(2, -2).split(' | ') : [])
const holds = (cells: readonly string[], row: readonly string[]) =>
  [0, 1, 2].every((at) => cells[at] === row[at]) &&
  (row[4] ?? '').split(', ').every((cause) => (cells[4] ?? '').split(', ').includes(cause))

const SERVICE_OF_TABLES = 'serve'
const cell = (text: string) => text.replace(/\|/g, '\\|').replace(/\s+/g, ' ').trim()
/** Words stand as they are, lines of a configuration as code. */
const code = (text: string) => (text === '' || /^\(.*\)$|^do not sign /.test(text) ? text : `\`${text}\``)
const codes = (text: string) =>
  text
    .split('\n')
    .map((line) => code(line.trim()))
    .join('<br>')
const headingOf = ({ name }: Intermediary, { versions }: Found) => `## ${name} ${versions.get(name)}`

function sectionOf(intermediary: Intermediary, { rows, passing, versions }: Found): readonly string[] {
  const through = passing.find((one) => one.intermediary === intermediary.name && one.service === SERVICE_OF_TABLES)
  if (through === undefined) return []
  const own = rows.filter((row) => row.intermediary === intermediary.name && row.service === SERVICE_OF_TABLES)
  const left = through.left.length === 0 ? 'every request passes' : `no setting lets these pass: ${through.left.join('; ')}`
  return [
    headingOf(intermediary, { intermediaries: [], rows, passing, versions }),
    '',
    `${through.passed} of ${through.of} requests pass the configuration in which nothing is wrong; ${left}.`,
    '',
    '| mistake | wrong | right | what changes | cause |',
    '|---|---|---|---|---|',
    ...[...new Set(own.map(({ mistake }) => mistake))].map((mistake) => {
      const those = own.filter((row) => row.mistake === mistake)
      const parts = [...new Set(those.flatMap(({ parts }) => parts.map(kindOf)))].sort()
      const causes = [...new Set(those.filter(isNamed).map((row) => namedBy(row)!.cause))].sort()
      const wrong = those[0]!.wrong || '(nothing)'
      const right = [...new Set(those.map((row) => row.right || '(there is none)'))].join('\n')
      return `| ${mistake} | ${cell(codes(wrong))} | ${cell(codes(right))} | ${cell(parts.slice(0, 6).join(', '))}${parts.length > 6 ? ' and more' : ''} | ${causes.map((cause) => `\`${cause}\``).join(', ')} |`
    }),
    '',
  ]
}

/** A change without its values, which are of the run. */
export function kindOf(part: string): string {
  return part.replace(/^(path|query|host|method) .*/, '$1')
}

function pageOf(found: Found): string {
  const services = [...new Set(found.rows.map(({ service }) => service))]
  return `# Intermediaries

Generated by \`npm run transit -- --table docs/manual/intermediaries.md\`, which sends requests signed by boto3, the AWS SDK for JavaScript, curl and
Countersign through real proxies and looks at every request that the service then refuses. How it works:
[suites/transit/README.md](../../suites/transit/README.md).

For each proxy: which lines are wrong, what they change of what was signed, and what must stand there. "default" is the configuration
that its documentation begins with. The cause is what Countersign names, with proof. The right lines were applied, and the service then accepted the same bytes.
"no setting" is what the proxy changes with every setting: a client must not sign that. For Envoy and Traefik the first word says where a setting stands.

${found.intermediaries.flatMap((one) => sectionOf(one, found)).join('\n')}
## In numbers

| service | breaks | named with proof | hop named | line named | accepted after the correction |
|---|---|---|---|---|---|
${services
  .map((service) => {
    const own = found.rows.filter((row) => row.service === service)
    return `| ${service} | ${own.length} | ${share(own, isNamed)} | ${share(own, ({ hops }) => hops.hop)} | ${share(own, ({ hops }) => hops.line)} | ${share(own, ({ corrected }) => corrected)} |`
  })
  .join('\n')}

A break is one client, one mistake and one kind of change; of several requests that break alike, one is counted.
`
}
