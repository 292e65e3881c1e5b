import { existsSync } from 'node:fs'
import { cached, freePorts, run, workplace } from '../place.mjs'

const RELEASE = '5.2.1'
const BINARY = cached('moto', 'bin', 'moto_server')

export const name = 'moto'
export const origin = `Python package moto ${RELEASE}, with its checks of authentication on`
export const forTests = true
export const version = () => RELEASE

export function install() {
  if (existsSync(BINARY)) return
  run('python3', ['-m', 'venv', cached('moto')])
  run(cached('moto', 'bin', 'pip'), ['install', '-q', `moto[server,s3]==${RELEASE}`])
}

/** It makes its own keys; the first three requests, which ask for one, go unchecked. */
export async function start() {
  const place = workplace('moto')
  const [port] = await freePorts(1)
  place.start(BINARY, ['-H', '127.0.0.1', '-p', `${port}`], { env: { INITIAL_NO_AUTH_ACTION_COUNT: '3' } })
  await place.listening(port)
  const ask = async (action, more = {}) => {
    const scope = 'x/20260101/us-east-1/iam/aws4_request'
    const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=x`
    const body = new URLSearchParams({ Action: action, Version: '2010-05-08', UserName: 'corpus', ...more })
    return (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers: { authorization }, body })).text()
  }
  await ask('CreateUser')
  const all = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }
  await ask('PutUserPolicy', { PolicyName: 'all', PolicyDocument: JSON.stringify(all) })
  const key = await ask('CreateAccessKey')
  const [accessKeyId, secretAccessKey] = ['AccessKeyId', 'SecretAccessKey'].map((tag) => new RegExp(`<${tag}>([^<]+)`).exec(key)[1])
  return { port, accessKeyId, secretAccessKey, end: place.end }
}
