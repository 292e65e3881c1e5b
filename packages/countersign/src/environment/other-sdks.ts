/**
 * GetCallerIdentity by SDKs that are installed: boto3 of python3, @aws-sdk/client-sts of a folder, the AWS CLI. Each runs in a process of
 * its own, which ends with the deadline, and gets the keys in its environment, never in its arguments.
 */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import type { Keys, SdkAsked, ServiceCall } from '../doctor/index.js'
import { type RunOptions, runCommand } from './run-command.js'

export async function otherSdks(folder: string, call: ServiceCall, keys: Keys, options: RunOptions): Promise<readonly SdkAsked[]> {
  const own = { ...options, env: environmentOf(options.env, call, keys) }
  const asked = await Promise.all([
    ask('boto3', 'python3', ['-c', PYTHON], own),
    hasJavascript(folder) ? ask('JavaScript v3', process.execPath, ['--input-type=commonjs', '-e', JAVASCRIPT, folder], own) : undefined,
    askCli(own),
  ])
  return asked.filter((one) => one !== undefined)
}

/** Nothing but these keys, so that no file and no profile has a part in it. */
function environmentOf(
  env: RunOptions['env'],
  { endpoint, region }: ServiceCall,
  { accessKeyId, secretAccessKey, sessionToken }: Keys,
): RunOptions['env'] {
  const others = Object.entries(env).filter(([name]) => !name.startsWith('AWS_'))
  return {
    ...Object.fromEntries(others),
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken !== undefined && { AWS_SESSION_TOKEN: sessionToken }),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL_STS: endpoint,
    AWS_CONFIG_FILE: NOTHING,
    AWS_SHARED_CREDENTIALS_FILE: NOTHING,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '1',
    AWS_PAGER: '',
  }
}

async function ask(sdk: string, program: string, args: readonly string[], options: RunOptions): Promise<SdkAsked | undefined> {
  const { output, problem } = await runCommand(program, args, options)
  const said = output === undefined ? undefined : lastObject(output)
  if (said === undefined) return problem === undefined || problem === 'not installed' ? undefined : { sdk, problem }
  if (typeof said['account'] === 'string') return { sdk, account: said['account'] }
  if (typeof said['code'] === 'string') return { sdk, code: said['code'].slice(0, 80), message: String(said['message'] ?? '') }
  return said['missing'] === true ? undefined : { sdk, problem: 'it did not say what happened' }
}

async function askCli(options: RunOptions): Promise<SdkAsked | undefined> {
  const endpoint = options.env['AWS_ENDPOINT_URL_STS'] ?? ''
  const args = ['sts', 'get-caller-identity', '--output', 'json', '--endpoint-url', endpoint]
  const { output, problem } = await runCommand('aws', args, options)
  if (output === undefined) return problem === 'not installed' ? undefined : { sdk: 'AWS CLI', problem: problem ?? 'no answer' }
  const account = /"Account": "(\d{12})"/.exec(output)?.[1]
  if (account !== undefined) return { sdk: 'AWS CLI', account }
  const [, code, message] = /An error occurred \((\w{1,80})\)[^:\n]{0,200}: ([^\n]{0,400})/.exec(output) ?? []
  return code === undefined ? { sdk: 'AWS CLI', problem: 'it did not say what happened' } : { sdk: 'AWS CLI', code, message: message! }
}

function lastObject(output: string): Record<string, unknown> | undefined {
  const line = output.trim().split('\n').at(-1) ?? ''
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function hasJavascript(folder: string): boolean {
  try {
    return statSync(join(folder, 'node_modules/@aws-sdk/client-sts/package.json')).isFile()
  } catch {
    return false
  }
}

const PYTHON = [
  'import json',
  'try:',
  '    import boto3, os',
  'except Exception:',
  '    print(json.dumps({"missing": True}))',
  'else:',
  '    try:',
  '        client = boto3.client("sts", endpoint_url=os.environ["AWS_ENDPOINT_URL_STS"])',
  '        print(json.dumps({"account": client.get_caller_identity()["Account"]}))',
  '    except Exception as error:',
  '        told = getattr(error, "response", {}).get("Error", {})',
  '        print(json.dumps({"code": told.get("Code", type(error).__name__), "message": told.get("Message", "")}))',
].join('\n')
const JAVASCRIPT = [
  "const { createRequire } = require('node:module')",
  "const { join } = require('node:path')",
  "const { STSClient, GetCallerIdentityCommand } = createRequire(join(process.argv[1], 'x.js'))('@aws-sdk/client-sts')",
  'const client = new STSClient({ region: process.env.AWS_REGION, endpoint: process.env.AWS_ENDPOINT_URL_STS, maxAttempts: 1 })',
  'client.send(new GetCallerIdentityCommand({})).then(',
  '  ({ Account }) => console.log(JSON.stringify({ account: Account })),',
  '  (error) => console.log(JSON.stringify({ code: error.name, message: error.message })),',
  ')',
].join('\n')
/** A path that is no file on any system. */
const NOTHING = process.platform === 'win32' ? 'NUL' : '/dev/null'
