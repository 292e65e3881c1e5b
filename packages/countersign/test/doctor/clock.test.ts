/** The clock: what a measurement says between two bounds, what the SDKs' standard makes of it, what the checks say. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  agreed,
  type ClockEvidence,
  type ClockReading,
  clockChecks,
  isRetriedForSkew,
  ofHttpDate,
  ofSntp,
  skewOf,
  zoneShape,
} from '../../src/doctor/index.ts'
import { crateData } from './crate-data.ts'

const MINUTE = 60_000
const NOON = Date.UTC(2026, 1, 3, 12)

interface SkewTests {
  readonly tests: readonly {
    readonly description: string
    readonly operations: readonly {
      readonly initialClientSkew: number
      readonly maxAttempts?: number
      readonly expectedClientSkew: number
      readonly expectedOutcome: 'success' | 'error'
      readonly attempts: readonly {
        readonly clientTimeAtSend: string
        readonly clientTimeAtReceive: string
        readonly expectedSigningTime: string
        readonly response: { readonly statusCode: number; readonly headers: Record<string, string>; readonly errorCode?: string }
      }[]
    }[]
  }[]
}

const skewTests = crateData<SkewTests>('clock-skew-test-cases.json')

test('the test cases of the SDKs’ standard pass', { skip: skewTests === undefined }, () => {
  assert.ok(skewTests!.tests.length >= 9)
  for (const { description, operations } of skewTests!.tests)
    for (const { initialClientSkew, attempts, expectedClientSkew, expectedOutcome, maxAttempts = 3 } of operations) {
      let skew = initialClientSkew
      let tried = 0
      let succeeded = false
      for (const { clientTimeAtSend, clientTimeAtReceive, expectedSigningTime, response } of attempts) {
        const [sent, received] = [Date.parse(clientTimeAtSend) / 1000, Date.parse(clientTimeAtReceive) / 1000]
        assert.equal(sent + skew, Date.parse(expectedSigningTime) / 1000, description)
        const date = response.headers['Date']
        const answer = {
          sent,
          received,
          date: date === undefined ? undefined : Date.parse(date) / 1000,
          cached: response.headers['Age'] !== undefined,
          ...(response.errorCode !== undefined && { errorCode: response.errorCode }),
        }
        tried++
        succeeded = response.statusCode < 300
        const again = isRetriedForSkew(answer, skew) && tried < maxAttempts
        skew = skewOf(answer) ?? skew
        assert.equal(again, tried < attempts.length, description)
      }
      assert.equal(skew, expectedClientSkew, description)
      assert.equal(succeeded, expectedOutcome === 'success', description)
    }
})

test('SNTP gives the offset within half of the way there and back', () => {
  // The clock is 90 s ahead; there 40 ms, back 20 ms, 5 ms at the server.
  const sent = NOON + 90_000
  const found = ofSntp({ sent, serverReceived: NOON + 40, serverSent: NOON + 45, received: sent + 65 })
  assert.deepEqual(found, { low: 90_000 - 40, high: 90_000 + 20 })
})

test('a Date header gives the offset within its second and the time of the call', () => {
  // Also a clock that is right to the millisecond: the header was written at any moment of the call.
  for (const written of [0, 250, 700]) {
    const date = Math.floor((NOON + 300 + written) / 1000) * 1000
    const { low, high } = ofHttpDate({ sent: NOON + 300, received: NOON + 1000, date })
    assert.ok(low <= 0 && high >= 0)
  }
})

test('measurements that most share are believed, and no other', () => {
  assert.deepEqual(
    agreed([
      { low: 0, high: 10 },
      { low: 5, high: 20 },
      { low: 900, high: 910 },
    ]),
    { low: 5, high: 10, count: 2 },
  )
  assert.equal(agreed([]), undefined)
})

test('an offset of whole quarters of an hour is a time zone, and no other', () => {
  const around = (minutes: number) => ({ low: minutes * MINUTE - 500, high: minutes * MINUTE + 500 })
  for (const minutes of [60, -330, 345, 120, 1440]) assert.equal(zoneShape(around(minutes)), minutes)
  for (const minutes of [0, 7, 52, 67, 100_000]) assert.equal(zoneShape(around(minutes)), undefined)
})

const sntp = (ahead: number): ClockReading => ({
  how: 'sntp',
  server: 'ntp.example',
  stratum: 2,
  synchronized: true,
  sent: NOON + ahead,
  serverReceived: NOON + 10,
  serverSent: NOON + 10,
  received: NOON + ahead + 20,
})

function said(more: Partial<ClockEvidence>) {
  const checks = clockChecks({ system: 'linux', readings: [], daemon: [], correctionOff: undefined, ...more })
  return Object.fromEntries(checks.map((one) => [one.id.slice('clock.'.length), one]))
}

test('a right clock is right, and a wrong one is wrong by a window or more', () => {
  assert.equal(said({ readings: [sntp(40)] })['offset']!.status, 'ok')
  const late = said({ readings: [sntp(-7 * MINUTE)] })
  assert.equal(late['offset']!.status, 'fail')
  assert.match(late['offset']!.summary, /7 min 0 s behind/)
  assert.match(late['window']!.summary, /most services$/)
  assert.equal(late['time-zone']!.status, 'ok')
  assert.equal(late['correction']!.status, 'warn')
  assert.deepEqual(late['offset']!.fix, { command: 'sudo timedatectl set-ntp true', os: 'linux' })
  assert.match(said({ readings: [sntp(20 * MINUTE)] })['window']!.summary, /most services; Amazon S3$/)
  assert.equal(said({ readings: [sntp(2 * MINUTE)] })['offset']!.status, 'warn')
})

test('an offset of a time zone is said to be one', () => {
  const zone = said({ readings: [sntp(-60 * MINUTE)] })['time-zone']!
  assert.equal(zone.status, 'fail')
  assert.match(zone.summary, /behind by 1 h 0 min/)
})

test('a server that disagrees with the others is not believed', () => {
  const { offset } = said({ readings: [sntp(10), sntp(20), sntp(9 * MINUTE)] })
  assert.equal(offset!.status, 'warn')
  assert.match(offset!.summary, /^the clock is right.*one server disagrees$/)
})

test('an answer out of a cache and a server that is not synchronized say nothing', () => {
  const cached: ClockReading = {
    how: 'http',
    server: 'cdn.example',
    sent: NOON,
    received: NOON + 50,
    date: NOON - 5 * 3600_000,
    cached: true,
  }
  const lost: ClockReading = { ...sntp(3600_000), synchronized: false } as ClockReading
  const { offset } = said({ readings: [cached, lost, { how: 'http', server: 'x.example', problem: 'no answer within 3 s' }] })
  assert.equal(offset!.status, 'skipped')
  assert.deepEqual(offset!.detail!.split('\n').length, 3)
})

test('the tools that keep a clock are read, in the words of every system', () => {
  const daemon = (command: string, output: string) => said({ daemon: [{ command, output }] })
  const chrony = daemon('chronyc tracking', 'System time     : 412.803711534 seconds slow of NTP time\nLeap status     : Normal\n')
  assert.equal(chrony['daemon']!.status, 'ok')
  assert.match(chrony['offset']!.summary, /6 min 53 s behind/)
  const linux = daemon(
    'timedatectl',
    '               Local time: Tue 2026-02-03 13:00:00 CET\nSystem clock synchronized: no\n              NTP service: inactive\n',
  )
  assert.equal(linux['daemon']!.status, 'warn')
  const windows = said({
    system: 'windows',
    daemon: [
      {
        command: 'w32tm /query /status',
        output: 'Leap Indicator: 3(not synchronized)\r\nSource: Local CMOS Clock\r\n'.replaceAll('\r', ''),
      },
    ],
  })
  assert.deepEqual(windows['daemon']!.fix, { command: 'w32tm /resync', os: 'windows' })
  const mac = said({
    system: 'macos',
    daemon: [{ command: 'sntp time.apple.com', output: '+0.002117 +/- 0.016413 time.apple.com 17.253.14.125\n' }],
  })
  assert.equal(mac['daemon']!.status, 'ok')
  assert.equal(daemon('timedatectl', 'noise')['daemon']!.status, 'skipped')
})

test('the switch that stops SDKs from correcting the clock is shown', () => {
  assert.match(
    said({ correctionOff: 'AWS_DISABLE_CLOCK_SKEW_CORRECTION' })['correction']!.summary,
    /^AWS_DISABLE_CLOCK_SKEW_CORRECTION switches/,
  )
})
