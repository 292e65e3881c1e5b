/** Whether the keys in the environment are whole. */
import { variable } from '../chains/resolution.js'
import { type Check, check } from '../check.js'
import { unsetVariables } from '../fix-commands.js'
import type { Machine } from '../machine.js'

export function environmentCheck({ env, system }: Machine): Check {
  const has = (name: string): boolean => variable(env, name) !== undefined
  const [id, secret, token] = [has('AWS_ACCESS_KEY_ID'), has('AWS_SECRET_ACCESS_KEY'), has('AWS_SESSION_TOKEN')]
  const empty = NAMES.filter((name) => env[name] === '')
  const detail = empty.map((name) => `${name} is set and empty`)
  const broken = (status: 'fail' | 'warn', summary: string, names: readonly string[]): Check =>
    check('credentials.environment', status, summary, { detail, fix: unsetVariables(system, names) })
  if (id && !secret)
    return broken('fail', 'AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY: the AWS CLI and boto3 stop, the others look further', [
      'AWS_ACCESS_KEY_ID',
    ])
  if (!id && secret)
    return broken('warn', 'AWS_SECRET_ACCESS_KEY is set without AWS_ACCESS_KEY_ID, so it counts for nothing', ['AWS_SECRET_ACCESS_KEY'])
  if (!id && token)
    return broken('warn', 'AWS_SESSION_TOKEN is set without a pair: it breaks the next pair that you export', ['AWS_SESSION_TOKEN'])
  if (has('AWS_SECURITY_TOKEN') && env['AWS_SECURITY_TOKEN'] !== env['AWS_SESSION_TOKEN'])
    return broken('warn', 'AWS_SECURITY_TOKEN is set as well: boto3 and the AWS CLI take it before AWS_SESSION_TOKEN', [
      'AWS_SECURITY_TOKEN',
    ])
  if (empty.length > 0) return broken('warn', `${empty.join(', ')}: set, and empty`, empty)
  return check('credentials.environment', 'ok', id ? 'the pair in the environment is whole' : 'the environment holds no keys')
}

const NAMES = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_PROFILE',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
] as const
