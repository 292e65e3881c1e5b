/**
 * What tools say of a machine's clock: timedatectl, chronyc tracking, ntpq -p, ntpdate and sntp, w32tm, date -u.
 * They are what a report tells people to run, so their answers come back.
 */
import { anyText, type EvidenceReader, type EvidenceSource, type Observation, type SettingName } from '../../case/index.js'
import { parseLenientDate } from '../../sigv4/index.js'
import { MOST_SCANNED } from '../../text/index.js'

export const clockTools: EvidenceReader = {
  id: 'clock-tools',
  reads: 'the answers of timedatectl, chronyc tracking, ntpq -p, ntpdate, sntp, w32tm and date -u: how far the clock is off',
  samples: [
    '               Local time: Tue 2026-02-03 11:11:12 CET\n           Universal time: Tue 2026-02-03 10:11:12 UTC\n                Time zone: Europe/Berlin (CET, +0100)\nSystem clock synchronized: no\n              NTP service: inactive\n',
    'Reference ID    : A29FC801 (ntp.example.net)\nStratum         : 4\nSystem time     : 412.803711534 seconds slow of NTP time\nLeap status     : Normal\n',
    '$ date -u\nTue Feb  3 10:11:12 UTC 2026\n',
  ],
  recognize: anyText,
  read,
}

interface ClockRule {
  readonly match: RegExp
  readonly says: (match: RegExpMatchArray) => readonly (readonly [SettingName, string | undefined])[]
}

function read({ name, text }: EvidenceSource): readonly Observation[] {
  const scanned = text.slice(0, MOST_SCANNED)
  if (!/clock|seconds|offset|stratum|UTC|reach|\+\/-|Z\b/i.test(scanned)) return []
  return RULES.flatMap(({ match, says }) =>
    [...scanned.matchAll(match)].slice(0, MOST).flatMap((found) =>
      says(found).flatMap(([setting, value]): readonly Observation[] =>
        value === undefined
          ? []
          : [
              {
                kind: 'setting',
                setting: { means: { of: 'machine', name: setting }, value },
                location: { source: name, start: found.index, end: found.index + found[0].length },
                fidelity: 'exact',
              },
            ],
      ),
    ),
  ).sort((a, b) => a.location.start - b.location.start)
}

function offset(seconds: number): readonly (readonly [SettingName, string | undefined])[] {
  return [['clock-offset', Number.isFinite(seconds) ? String(Math.round(seconds * 1000) / 1000) : undefined]]
}

function now(text: string): readonly (readonly [SettingName, string | undefined])[] {
  const time = parseLenientDate(text)
  return [['clock-now', time === undefined ? undefined : String(time)]]
}

const yesNo = (yes: boolean): readonly (readonly [SettingName, string])[] => [['clock-synchronized', yes ? 'yes' : 'no']]

const RULES: readonly ClockRule[] = [
  // timedatectl
  { match: /^[ \t]{0,40}(?:System clock|NTP) synchronized: (yes|no)\b/gm, says: ([, said]) => yesNo(said === 'yes') },
  {
    match: /^[ \t]{0,40}Universal time: (?:\w{3} )?(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC/gm,
    says: ([, day, time]) => now(`${day}T${time}Z`),
  },
  { match: /^[ \t]{0,40}Time zone: (\S{1,60})/gm, says: ([, zone]) => [['time-zone', zone]] },
  // chronyc tracking: "slow of NTP time" is a clock that is behind.
  {
    match: /^System time {0,20}: {0,3}(\d{1,12}(?:\.\d{1,12})?) seconds (slow|fast) of NTP time/gm,
    says: ([, seconds, way]) => offset(Number(seconds) * (way === 'slow' ? -1 : 1)),
  },
  { match: /^Leap status {0,20}: {0,3}(Normal|Not synchronised)/gm, says: ([, said]) => yesNo(said === 'Normal') },
  // ntpq -p: milliseconds; the peer with a star is the one that is followed. The offset is what the clock lacks.
  {
    match:
      /^\*\S{1,80}\s{1,20}\S{1,80}\s{1,10}\d{1,2} [a-zA-Z]\s{1,10}\S{1,8}\s{1,10}\d{1,6}\s{1,10}\d{1,3}\s{1,10}[\d.]{1,12}\s{1,10}([-+]?[\d.]{1,14})\s/gm,
    says: ([, milliseconds]) => [...offset(-Number(milliseconds) / 1000), ...yesNo(true)],
  },
  { match: /^ntpq: read: Connection refused|No association ID's returned/gm, says: () => yesNo(false) },
  // sntp and ntpdate: what has to be added to the clock.
  { match: /(?<=^|\s)([-+]\d{1,9}\.\d{1,9}) \+\/- \d{1,9}\.\d{1,9} /gm, says: ([, seconds]) => offset(-Number(seconds)) },
  { match: /\b(?:adjust|step) time server \S{1,60} offset ([-+]?\d{1,9}\.\d{1,9}) sec/g, says: ([, seconds]) => offset(-Number(seconds)) },
  // w32tm /query /status, /stripchart
  { match: /^Leap Indicator: (\d)\(/gm, says: ([, leap]) => yesNo(leap !== '3') },
  { match: /^Source: (Local CMOS Clock|Free-running System Clock)/gm, says: () => yesNo(false) },
  { match: /^Phase Offset: ([-+]?\d{1,9}\.\d{1,9})s/gm, says: ([, seconds]) => offset(Number(seconds)) },
  { match: /^\d\d:\d\d:\d\d,? {0,3}(?:d:[-+][\d.]{1,14}s o:)?([-+]\d{1,9}\.\d{1,9})s/gm, says: ([, seconds]) => offset(-Number(seconds)) },
  // date -u, Get-Date in UTC
  {
    match:
      /\bdate (?:-u|--utc)\b[^\n]{0,60}\n(?:\w{3},? )?((?:\w{3} {1,2}\d{1,2}|\d{1,2} \w{3}))(?: (\d{4}))? {1,2}(\d\d:\d\d:\d\d)(?: [AP]M)? (?:UTC|GMT)(?: (\d{4}))?/g,
    says: ([, day, year, time, lastYear]) => now(`${dayFirst(day!)} ${year ?? lastYear ?? ''} ${time} GMT`),
  },
  { match: /\bdate (?:-u|--utc) [^\n]{1,60}\n(\d{4}-?\d\d-?\d\dT\d\d:?\d\d:?\d\dZ)/g, says: ([, time]) => now(time!) },
  // In words: "ntpq shows that the clock is in step".
  {
    match:
      /\b(?:clocks?|system time|ntpq?|chrony\w{0,2})\b[^.;\n]{0,60}?\b(?<!\b(?:not|n't|never) )(?:in (?:sync|step)|synchroni[sz]ed|synced)\b(?! {0,3}:)/gi,
    says: ([said]) => (/\b(?:not|never|isn't|until|if|un)\b/i.test(said) ? [] : yesNo(true)),
  },
]

/** "Feb  3" as "3 Feb". */
function dayFirst(day: string): string {
  const match = /^(\w{3}) {1,2}(\d{1,2})$/.exec(day)
  return match === null ? day : `${match[2]} ${match[1]}`
}

const MOST = 20
