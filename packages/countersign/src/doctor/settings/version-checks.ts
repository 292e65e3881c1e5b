/** What is installed, what is known of those releases, and what adds headers to requests before they are signed. */
import { CLIENT_CHANGES } from '../../catalog/index.js'
import { variable } from '../chains/resolution.js'
import { type Check, check } from '../check.js'
import type { CommandAnswer } from '../clock/clock-readings.js'
import type { Machine } from '../machine.js'

/** A release that is installed. */
export interface Release {
  readonly client: 'aws-cli' | 'boto3' | 'aws-sdk-js-v3' | 'aws-sdk-go-v2' | 'aws-sdk-java-v2'
  readonly name: string
  readonly version: string
  readonly where: string
}

export interface Installed {
  /** What `aws --version` said. */
  readonly cli: CommandAnswer | undefined
  readonly releases: readonly Release[]
}

export function versionChecks(machine: Machine, { cli, releases }: Installed, notOfAws: boolean): readonly Check[] {
  const ofCli = cliReleases(cli)
  return [cliCheck(cli, ofCli[0]), sdksCheck(releases), defectsCheck([...ofCli, ...releases], notOfAws), instrumentationCheck(machine)]
}

/** The AWS CLI, and the botocore that signs for it where it says so. */
function cliReleases(cli: CommandAnswer | undefined): readonly Release[] {
  const said = cli?.output ?? ''
  const version = /^aws-cli\/(\d{1,3}\.\d{1,4}\.\d{1,4})/m.exec(said)?.[1]
  if (version === undefined) return []
  const where = 'aws --version'
  const botocore = /\bbotocore[/#](1\.\d{1,4}\.\d{1,4})/i.exec(said)?.[1]
  const own: Release = { client: 'aws-cli', name: 'aws-cli', version, where }
  return botocore === undefined ? [own] : [own, { client: 'boto3', name: 'the botocore of the AWS CLI', version: botocore, where }]
}

function cliCheck(cli: CommandAnswer | undefined, release: Release | undefined): Check {
  if (release === undefined) return check('versions.aws-cli', 'skipped', `the AWS CLI: ${cli?.problem ?? 'it does not say its version'}`)
  const major = Number(release.version.split('.')[0])
  return check('versions.aws-cli', 'ok', `AWS CLI ${release.version}${major === 1 ? ' (v1)' : ''}`, {
    detail: [cli!.output!.trim().slice(0, 300)],
  })
}

function sdksCheck(releases: readonly Release[]): Check {
  if (releases.length === 0)
    return check('versions.sdks', 'skipped', 'no SDK is found here: python3, and node_modules and go.mod of this folder')
  const detail = releases.map(({ name, version, where }) => `${name} ${version} (${where})`)
  return check(
    'versions.sdks',
    'ok',
    releases
      .map(({ name, version }) => `${name} ${version}`)
      .slice(0, 3)
      .join(', '),
    { detail },
  )
}

/** Changes of how a client signs, as the catalog has them, that an installed release has or lacks. */
function defectsCheck(releases: readonly Release[], notOfAws: boolean): Check {
  if (releases.length === 0) return check('versions.defects', 'skipped', 'no release is known')
  // boto3 and botocore are released together, so one of them stands for both.
  const apart = releases.filter(({ name }) => name !== 'botocore' || releases.every((one) => one.name !== 'boto3'))
  const detail = apart.flatMap(({ client, name, version }) =>
    CLIENT_CHANGES.flatMap((change) => {
      const release = change.releases.find((one) => one.client === client)
      if (release === undefined || (change.id === 'default-checksums' && !notOfAws)) return []
      const has = !isBefore(version, release.from)
      if ((change.refused === 'with') !== has) return []
      const mend = change.refused === 'without' ? `; ${release.from} does not` : `, since ${release.from}`
      return [`${name} ${version} ${change.does}${mend} (${change.source})`]
    }),
  )
  if (detail.length === 0) return check('versions.defects', 'ok', 'nothing is known of these releases that breaks a signature')
  return check('versions.defects', 'warn', 'an installed release signs in a way that some requests do not survive', { detail })
}

/** Whether a version comes before another. */
export function isBefore(version: string, other: string): boolean {
  const [parts, others] = [version, other].map((one) => one.split('.').map((part) => Number.parseInt(part, 10) || 0))
  for (let i = 0; i < 3; i++) if ((parts![i] ?? 0) !== (others![i] ?? 0)) return (parts![i] ?? 0) < (others![i] ?? 0)
  return false
}

/** An agent that adds traceparent before the SDK signs makes a header a part of the signature that the next hop changes. */
function instrumentationCheck({ env }: Machine): Check {
  const detail = AGENTS.flatMap(({ names, shows, says }) =>
    names.flatMap((name) => {
      const value = variable(env, name)
      return value !== undefined && shows.test(value) ? [`${name}: ${says}`] : []
    }),
  )
  const on = detail.length > 0 && !/^(?:true|1)$/i.test(env['OTEL_SDK_DISABLED'] ?? '')
  if (!on) return check('versions.instrumentation', 'ok', 'no setting loads an agent that adds trace headers')
  return check('versions.instrumentation', 'warn', 'an agent may add trace headers before requests are signed', {
    detail: [...detail, 'A proxy or a mesh that renews traceparent then breaks the signature. To find out, run once without the agent.'],
    fix: { command: 'OTEL_PROPAGATORS=none <your command>', os: 'any' },
  })
}

const ANY_AGENT = /opentelemetry|otel|dd-trace|ddtrace|newrelic|elastic-apm|appdynamics|dynatrace|splunk|honeycomb/i
const AGENTS: readonly { readonly names: readonly string[]; readonly shows: RegExp; readonly says: string }[] = [
  { names: ['NODE_OPTIONS'], shows: ANY_AGENT, says: 'Node.js loads an agent with every program' },
  {
    names: ['JAVA_TOOL_OPTIONS', '_JAVA_OPTIONS', 'JDK_JAVA_OPTIONS'],
    shows: /-javaagent:/,
    says: 'Java loads an agent with every program',
  },
  {
    names: ['PYTHONPATH'],
    shows: /auto_instrumentation|sitecustomize|ddtrace|newrelic/i,
    says: 'Python loads an agent at its start (sitecustomize)',
  },
  { names: ['AWS_LAMBDA_EXEC_WRAPPER'], shows: /otel|datadog|newrelic|dynatrace/i, says: 'Lambda starts the program through a wrapper' },
  { names: ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_TRACES_EXPORTER'], shows: /^(?!none$)/, says: 'OpenTelemetry is configured' },
  {
    names: ['DD_TRACE_ENABLED', 'ELASTIC_APM_SERVER_URL', 'NEW_RELIC_LICENSE_KEY'],
    shows: /^(?!false$|0$)/i,
    says: 'a tracer is configured',
  },
]
