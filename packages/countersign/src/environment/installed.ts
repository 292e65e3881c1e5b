/** The AWS CLI and SDKs of this machine and this folder, by what they say of themselves. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Installed, Release } from '../doctor/index.js'
import { limitedText } from './limited-text.js'
import { type RunOptions, runCommand } from './run-command.js'

export async function installedHere(folder: string, options: RunOptions): Promise<Installed> {
  const [cli, python, javascript, go] = await Promise.all([
    runCommand('aws', ['--version'], options),
    pythonReleases(options),
    javascriptReleases(folder),
    goReleases(folder),
  ])
  return { cli, releases: [...python, ...javascript, ...go] }
}

async function pythonReleases(options: RunOptions): Promise<readonly Release[]> {
  const { output } = await runCommand('python3', ['-c', PYTHON], options)
  return (output ?? '').split('\n').flatMap((line): readonly Release[] => {
    const [name, version] = line.split(' ')
    if ((name !== 'boto3' && name !== 'botocore') || version === undefined || !VERSION.test(version)) return []
    return [{ client: 'boto3', name, version, where: 'python3' }]
  })
}

async function javascriptReleases(folder: string): Promise<readonly Release[]> {
  const scope = join(folder, 'node_modules', '@aws-sdk')
  const found: Release[] = []
  for (const name of namesIn(scope)
    .filter((one) => /^client-[a-z0-9-]{1,60}$/.test(one))
    .slice(0, MOST_PACKAGES)) {
    const version = versionIn(await textOf(join(scope, name, 'package.json')))
    if (version !== undefined) found.push({ client: 'aws-sdk-js-v3', name: `@aws-sdk/${name}`, version, where: 'node_modules' })
  }
  return found
}

async function goReleases(folder: string): Promise<readonly Release[]> {
  const text = await textOf(join(folder, 'go.mod'))
  return [...text.matchAll(/^\s{0,8}(?:require )?github\.com\/aws\/(aws-sdk-go-v2(?:\/service\/s3)?) v(\d{1,4}\.\d{1,4}\.\d{1,4})/gm)].map(
    ([, name, version]) => ({
      client: 'aws-sdk-go-v2',
      name: name!,
      version: version!,
      where: 'go.mod',
    }),
  )
}

function versionIn(text: string): string | undefined {
  try {
    const { version } = JSON.parse(text) as { version?: unknown }
    return typeof version === 'string' && VERSION.test(version) ? version : undefined
  } catch {
    return undefined
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** A regular file's text; a pipe in its place is not opened. */
async function textOf(path: string): Promise<string> {
  try {
    return statSync(path).isFile() ? ((await limitedText(path, LARGEST)) ?? '') : ''
  } catch {
    return ''
  }
}

const PYTHON = `from importlib.metadata import version
for name in ("boto3", "botocore"):
    try:
        print(name, version(name))
    except Exception:
        pass`
const VERSION = /^\d{1,4}\.\d{1,4}\.\d{1,4}/
const MOST_PACKAGES = 40
const LARGEST = 262_144
