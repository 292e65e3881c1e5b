/** What an issue template asks for, gathered on this machine and from the logs. */
import { relative, resolve } from 'node:path'
import type { EvidenceSource } from '../../case/index.js'
import { distinctPairs, examine, type Machine, takenBy } from '../../doctor/index.js'
import { installedHere, runCommand, sntpQuery } from '../../environment/index.js'
import { askedOnline } from '../doctor-online.js'
import { machineHere } from '../machine-here.js'
import type { Io } from '../terminal-rules.js'
import type { IssueFacts, Project } from './issue-form.js'
import { ciText, cliInstallation, containerText, DISK, instanceText, systemText } from './surroundings.js'

/** All but what the logs and their diagnosis say; not redacted yet. */
export type MachineFacts = Omit<IssueFacts, 'diagnosis' | 'logs' | 'command'>

/** @param online Whether the service and a time server are asked. */
export async function machineFacts(project: Project, io: Io, profile: string | undefined, online: boolean): Promise<MachineFacts> {
  const machine = await machineHere(io, profile)
  const query = { deadline: DEADLINE, now: () => io.now() }
  const asked = online ? await askedOnline(machine, { ...query, folder: io.cwd, region: undefined, endpoint: undefined }) : undefined
  const installed = await installedHere(io.cwd, { deadline: DEADLINE, env: io.env })
  const checks = examine({
    machine,
    clock: { readings: online ? [await sntpQuery({ host: 'time.aws.com', port: 123 }, query)] : [], daemon: [] },
    fingerprint: () => '(not shown)',
    region: undefined,
    endpoint: undefined,
    ...(asked !== undefined && { online: asked }),
    missing: [],
    installed,
  })
  const cli = installed.cli?.output?.trim().split('\n')[0]
  const installation = project === 'aws-cli' || project === 'generic' ? cliInstallation(io.env, DISK, cli) : undefined
  return {
    version: [
      ...(project !== 'boto3' && project !== 'minio' ? [cli ?? 'aws: not installed here'] : []),
      ...(project === 'minio' ? await minioVersions(io) : []),
      ...installed.releases.map(({ name, version }) => `${name} ${version}`),
    ].join('\n'),
    system: systemText(DISK),
    installation: installation?.method ?? 'not known',
    supported: installation?.supported,
    container: containerText(io.env, DISK),
    ci: ciText(io.env),
    instance: instanceText(io.env, DISK),
    specialCharacters: specialCharacters(machine),
    otherSdks: otherSdksText(asked),
    machine: checks
      .filter(({ status }) => status === 'fail' || status === 'warn')
      .map(({ id, status, summary }) => `${status} ${id}: ${summary}`),
  }
}

/** What was read from the machine: it goes through the gate as the logs do. */
export function textsOf(facts: MachineFacts): readonly string[] {
  return [...READ.map((name) => facts[name]), ...facts.machine]
}

/** The facts with these texts in place of {@link textsOf} them. */
export function withTexts(facts: MachineFacts, texts: readonly string[]): MachineFacts {
  return { ...facts, ...Object.fromEntries(READ.map((name, i) => [name, texts[i]!])), machine: texts.slice(READ.length) }
}

/** Whether the secret has one; never which, and never where. */
function specialCharacters(machine: Machine): string {
  const secrets = new Set(distinctPairs(takenBy(machine)).map(({ keys }) => keys.secretAccessKey))
  if (secrets.size === 0) return 'No SDK takes a secret that stands on this machine.'
  const special = [...secrets].filter((secret) => /[^A-Za-z0-9]/.test(secret)).length
  if (secrets.size === 1) return special === 1 ? 'Yes' : 'No'
  return `Several secrets are in use (${secrets.size}): ${special} with, ${secrets.size - special} without.`
}

function otherSdksText(asked: Awaited<ReturnType<typeof askedOnline>> | undefined): string {
  if (asked === undefined) return 'not tried (--online tries those that are installed)'
  const said = asked.flatMap(({ others }) =>
    others.map((one) => `${one.sdk}: ${'account' in one ? 'accepted' : 'code' in one ? `refused, ${one.code}` : one.problem}`),
  )
  return said.length === 0 ? 'none is installed, or no keys are in use' : [...new Set(said)].join('; ')
}

async function minioVersions(io: Io): Promise<readonly string[]> {
  const options = { deadline: DEADLINE, env: io.env }
  const said = await Promise.all([runCommand('minio', ['--version'], options), runCommand('mc', ['--version'], options)])
  return said.map(({ command, output, problem }) => output?.split('\n')[0] ?? `${command}: ${problem}`)
}

/** The command line that a log shows: the arguments that the AWS CLI prints, or a line of a shell. */
export function commandIn(sources: readonly EvidenceSource[]): string | undefined {
  for (const { text } of sources) {
    const printed = /Arguments entered to CLI: \[([^\n]{1,4000})\]/.exec(text)?.[1]
    if (printed !== undefined)
      return `aws ${[...printed.matchAll(/'((?:[^'\\]|\\.){0,1000})'|"([^"]{0,1000})"/g)].map(([, a, b]) => quoted(a ?? b ?? '')).join(' ')}`
    const typed = /^[ \t]{0,8}[$%#>] ((?:aws|mc|python3?|node|curl|s3cmd|rclone) [^\r\n]{1,2000})/m.exec(text)?.[1]
    if (typed !== undefined) return typed
  }
  return undefined
}

function quoted(word: string): string {
  return /^[\w@%+=:,./*-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** A log as an issue has room for it: its beginning, and more of its end, where the error is. */
export function withinIssue(text: string, most: number): string {
  if (text.length <= most) return text.trimEnd()
  const lines = text.split('\n')
  const [first, last]: [string[], string[]] = [[], []]
  let room = most
  for (let i = 0; i < lines.length && room > most * 0.75; i++) {
    room -= lines[i]!.length + 1
    if (room > 0) first.push(lines[i]!)
  }
  for (let i = lines.length - 1; i >= first.length && room > 0; i--) {
    room -= lines[i]!.length + 1
    if (room > 0) last.unshift(lines[i]!)
  }
  return [...first, `[${lines.length - first.length - last.length} lines left out]`, ...last].join('\n').trimEnd()
}

/** A file as it is named to others: no folder of this machine. */
export function namedFrom(path: string, cwd: string): string {
  const from = relative(cwd, resolve(cwd, path))
  return path === '-' ? 'standard input' : from.startsWith('..') ? (path.split(/[\\/]/).at(-1) ?? path) : from
}

const READ = ['version', 'system', 'installation', 'container', 'ci', 'instance', 'otherSdks'] as const
const DEADLINE = 3000
