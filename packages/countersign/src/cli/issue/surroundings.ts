/** Where a program runs: its system, container, CI and instance, by the marks that these leave. */
import { readFileSync, realpathSync, statSync } from 'node:fs'
import { release, version } from 'node:os'
import { delimiter, join } from 'node:path'
import process from 'node:process'

type Env = Readonly<Record<string, string | undefined>>

/** The files that are looked at; tests hand in their own. */
export interface Disk {
  /** The beginning of a small file; `undefined` where there is none. */
  text(path: string): string | undefined
  /** Where a path leads to, its links followed; `undefined` where it is no file. */
  real(path: string): string | undefined
}

export const DISK: Disk = {
  text: (path) => {
    try {
      return statSync(path).isFile() ? readFileSync(path, 'utf8').slice(0, 4096) : undefined
    } catch {
      return undefined
    }
  },
  real: (path) => {
    try {
      return statSync(path).isFile() ? realpathSync(path) : undefined
    } catch {
      return undefined
    }
  },
}

export function systemText(disk: Disk): string {
  const name = /^PRETTY_NAME="?([^"\n]{1,80})/m.exec(disk.text('/etc/os-release') ?? '')?.[1]
  return `${name ?? version()} (${process.platform} ${release()}, ${process.arch})`
}

export function containerText(env: Env, disk: Disk): string {
  const found = [
    ...(env['KUBERNETES_SERVICE_HOST'] === undefined ? [] : ['Kubernetes']),
    ...(disk.text('/.dockerenv') === undefined ? [] : ['Docker']),
    ...(disk.text('/run/.containerenv') === undefined ? [] : ['Podman']),
  ]
  return found.length === 0 ? 'no sign of a container' : found.join(', ')
}

export function ciText(env: Env): string {
  const found = CI.filter(([variable]) => (env[variable] ?? '') !== '').map(([, name]) => name)
  if (found.length > 0) return found.join(', ')
  return (env['CI'] ?? '') === '' ? 'no sign of CI' : 'CI is set'
}

export function instanceText(env: Env, disk: Disk): string {
  const execution = env['AWS_EXECUTION_ENV']
  if (env['AWS_LAMBDA_FUNCTION_NAME'] !== undefined) return 'AWS Lambda'
  if (env['ECS_CONTAINER_METADATA_URI_V4'] !== undefined || env['ECS_CONTAINER_METADATA_URI'] !== undefined) return 'Amazon ECS'
  if (execution !== undefined) return execution.slice(0, 80)
  const vendor = disk.text('/sys/class/dmi/id/sys_vendor')?.trim()
  return vendor === undefined || vendor === '' ? 'not known' : vendor === 'Amazon EC2' ? vendor : `none of AWS (${vendor.slice(0, 80)})`
}

/** How a program came onto this machine. */
export interface Installation {
  readonly method: string
  /** Whether its makers support that way; `undefined` where it cannot be told. */
  readonly supported: boolean | undefined
}

/**
 * How the AWS CLI was installed, by where it stands. A script of Python is what pip leaves: version 1 may be installed so, version 2 not.
 *
 * @param version What it says of itself: "aws-cli/2.15.0 ...".
 * @see https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html
 */
export function cliInstallation(env: Env, disk: Disk, version: string | undefined): Installation | undefined {
  const names = process.platform === 'win32' ? ['aws.exe', 'aws.cmd'] : ['aws']
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const path = folders.flatMap((folder) => names.map((name) => disk.real(join(folder, name)))).find((one) => one !== undefined)
  if (path === undefined) return undefined
  const [, method, supported] = INSTALLATIONS.find(([place]) => place.test(path)) ?? []
  if (method === undefined && /^#![^\n]{0,200}python/.test(disk.text(path) ?? ''))
    return { method: 'pip', supported: version === undefined ? undefined : version.startsWith('aws-cli/1.') }
  return { method: method ?? 'not known', supported }
}

const INSTALLATIONS: readonly (readonly [place: RegExp, method: string, supported: boolean])[] = [
  [/[\\/]aws-cli[\\/]v2[\\/]/, 'the installer of AWS', true],
  [/[\\/]AWSCLIV2[\\/]/i, 'the installer of AWS for Windows', true],
  [/^\/snap\//, 'snap', true],
  [/[\\/](?:Cellar|homebrew|linuxbrew)[\\/]/i, 'Homebrew', false],
  [/^\/nix\/store\//, 'Nix', false],
  [/[\\/](?:ana|mini)?conda\d?[\\/]|[\\/]miniforge\d?[\\/]/i, 'conda', false],
  [/^\/usr\/bin\//, 'a package of the distribution', false],
]
const CI: readonly (readonly [variable: string, name: string])[] = [
  ['GITHUB_ACTIONS', 'GitHub Actions'],
  ['GITLAB_CI', 'GitLab CI'],
  ['CIRCLECI', 'CircleCI'],
  ['TRAVIS', 'Travis CI'],
  ['JENKINS_URL', 'Jenkins'],
  ['BUILDKITE', 'Buildkite'],
  ['TF_BUILD', 'Azure Pipelines'],
  ['BITBUCKET_BUILD_NUMBER', 'Bitbucket Pipelines'],
  ['CODEBUILD_BUILD_ID', 'AWS CodeBuild'],
  ['TEAMCITY_VERSION', 'TeamCity'],
]
