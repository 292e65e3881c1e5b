/** `countersign doctor`: this machine's clock, keys, region and endpoint, as each SDK sees them. It reads, and changes nothing. */
import { resolve } from 'node:path'
import {
  ASKING_COMMANDS,
  type Check,
  CLOCK_COMMANDS,
  certificateFiles,
  type Examined,
  examine,
  isLoopback,
  type Machine,
} from '../../doctor/index.js'
import { httpDate, installedHere, runCommand, sntpQuery } from '../../environment/index.js'
import type { Command } from '../command.js'
import { askedOnline } from '../doctor-online.js'
import { type AskedFor, askedFor, DOCTOR_RULES, fingerprintOf, httpAddress } from '../doctor-options.js'
import { doctorPage, shownCheck } from '../doctor-page.js'
import { isFile } from '../globs.js'
import { machineHere } from '../machine-here.js'
import { type Options, oneOf } from '../options.js'
import { EXIT, type Io } from '../terminal-rules.js'

export const doctor: Command = {
  name: 'doctor',
  summary: "check this machine's clock, keys, region and endpoint, as each SDK sees them",
  usage: '[options]',
  about: `Nothing is changed, and no value of a key is shown. Each check says ok, warn or fail; only broken ones are shown in full. Exit code
1: at least one check fails.`,
  example: 'countersign doctor --profile work',
  rules: DOCTOR_RULES,
  words: [],
  run,
}

async function run(options: Options, io: Io): Promise<number> {
  const format = oneOf(options, 'format', ['terminal', 'json'] as const) ?? 'terminal'
  const asked = askedFor(options)
  const fingerprint = await fingerprintOf(options, io)
  const machine = await machineHere(io, options.one('profile'))
  const [clock, installed, online] = await Promise.all([
    clockOf(asked, io, machine),
    installedHere(io.cwd, { deadline: DEADLINE, env: io.env }),
    asked.online ? askedOnline(machine, { ...asked, deadline: DEADLINE, now: () => io.now(), folder: io.cwd }) : undefined,
  ])
  const checks = examine({
    machine,
    clock,
    fingerprint,
    installed,
    ...(online !== undefined && { online }),
    region: asked.region,
    endpoint: asked.endpoint,
    missing: certificateFiles(machine).filter((path) => !isFile(resolve(io.cwd, path))),
  }).map((one) => shownCheck(one, io))
  io.stdout.write(format === 'json' ? jsonOf(checks) : doctorPage(checks, io, options.flag('verbose')))
  return checks.some(({ status }) => status === 'fail') ? EXIT.notValid : EXIT.valid
}

/** What other clocks say, and the tools that keep this one. All are asked at once. */
async function clockOf({ offline, servers, endpoint }: AskedFor, io: Io, { system, env }: Machine): Promise<Examined['clock']> {
  const query = { deadline: DEADLINE, now: () => io.now() }
  const others = offline ? [] : [...servers.map((server) => sntpQuery(server, query)), httpDate(dateServer(endpoint, env), query)]
  const tools = [...CLOCK_COMMANDS[system], ...(offline ? [] : ASKING_COMMANDS[system])]
  const [readings, daemon] = await Promise.all([
    Promise.all(others),
    Promise.all(tools.map(([program, ...args]) => runCommand(program, args, { deadline: DEADLINE, env: io.env }))),
  ])
  return { readings, daemon }
}

/** A server whose Date header is asked for: the endpoint that is used, else STS. A server of this machine has the same clock. */
function dateServer(endpoint: string | undefined, env: Machine['env']): URL {
  const used = httpAddress(endpoint ?? env['AWS_ENDPOINT_URL'] ?? STS)
  return used === undefined || isLoopback(used.hostname) ? new URL(STS) : used
}

function jsonOf(checks: readonly Check[]): string {
  return `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, checks }, undefined, 2)}\n`
}

/** Of the doctor's JSON. */
const SCHEMA_VERSION = 1
const STS = 'https://sts.amazonaws.com'
/** Milliseconds for each question to another machine and for each tool. */
const DEADLINE = 3000
