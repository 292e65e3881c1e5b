/** The checks of `countersign doctor` for a terminal, and what no output of them may show. */
import type { Check, CheckStatus } from '../doctor/index.js'
import { visible, visibleLines } from '../report/index.js'
import { screen } from './screen.js'
import { fitToSay, type Io } from './terminal-rules.js'

/** A check fit to be shown: names of profiles and hosts come from files, and may be anything. */
export function shownCheck({ id, status, summary, detail, fix }: Check, io: Io): Check {
  return {
    id,
    status,
    summary: visible(fitToSay(io, summary)),
    ...(detail !== undefined && { detail: visibleLines(fitToSay(io, detail)) }),
    ...(fix !== undefined && { fix: { command: visible(fitToSay(io, fix.command)), os: fix.os } }),
  }
}

/** One line a check; broken ones with all that is known of them; how many there are of each. */
export function doctorPage(checks: readonly Check[], io: Io, verbose: boolean): string {
  const page = screen(io)
  const widest = checks.reduce((most, { id }) => Math.max(most, id.length), 0)
  for (const { id, status, summary, detail, fix } of checks) {
    const { sign, tone } = LOOKS[status]
    page.fold(`${page.in(tone, `${sign} ${status.padEnd(WORD)}`)}${page.in('label', id.padEnd(widest))}  `, summary)
    if (!verbose && (status === 'ok' || status === 'skipped')) continue
    for (const line of detail?.split('\n') ?? []) page.fold(`${' '.repeat(INDENT)}`, line, INDENT + 2)
    if (fix !== undefined)
      page.line(`${' '.repeat(INDENT)}Fix${fix.os === 'any' ? '' : ` (${SYSTEMS[fix.os]})`}: ${page.in('command', fix.command)}`)
  }
  const counts = (Object.keys(LOOKS) as CheckStatus[]).map((status) => `${checks.filter((one) => one.status === status).length} ${status}`)
  page.line(counts.join(', '))
  return page.text()
}

const LOOKS = {
  ok: { sign: '\u2713', tone: 'good' },
  warn: { sign: '!', tone: 'unsure' },
  fail: { sign: '\u2717', tone: 'refused' },
  skipped: { sign: '-', tone: 'quiet' },
} as const
const SYSTEMS = { linux: 'Linux', macos: 'macOS', windows: 'Windows' } as const
const WORD = 9
const INDENT = 4
