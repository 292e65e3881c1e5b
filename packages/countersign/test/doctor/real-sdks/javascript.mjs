// Where the AWS SDK for JavaScript v3 takes its keys, region and endpoints from: one set-up a line of standard input, one answer a line of
// output. The argument is the folder that has the SDK in its node_modules. Keys that would have to be asked for are named, never fetched.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const require = createRequire(join(process.argv[2], 'package.json'))
const { defaultProvider } = require('@aws-sdk/credential-provider-node')
const { GetCallerIdentityCommand, STSClient } = require('@aws-sdk/client-sts')
const { ListBucketsCommand, S3Client } = require('@aws-sdk/client-s3')
const STAND_IN = { accessKeyId: 'asked', secretAccessKey: 'asked' }
const warn = () => {}

for await (const line of createInterface({ input: process.stdin })) {
  const setup = JSON.parse(line)
  process.env = { PATH: process.env.PATH, ...setup.env }
  console.log(JSON.stringify(await answer(setup)))
}

async function answer({ profile }) {
  return { ...(await keys(profile)), region: await region(profile), endpoints: await endpoints(profile) }
}

async function keys(profile) {
  let asked
  const stand = (source) => async () => {
    asked = source
    return STAND_IN
  }
  try {
    const found = await defaultProvider({
      ...(profile !== undefined && { profile }),
      ignoreCache: true,
      logger: { debug: warn, info: warn, warn, error: warn },
      roleAssumer: stand('assume-role'),
      roleAssumerWithWebIdentity: stand('web-identity'),
    })()
    if (asked !== undefined) return { kind: 'asked', source: asked }
    const source = Object.keys(found.$source ?? {})
    if (source.includes('CREDENTIALS_PROFILE_PROCESS')) return { kind: 'asked', source: 'process' }
    return {
      kind: 'keys',
      source: source.includes('CREDENTIALS_ENV_VARS') ? 'environment' : 'profile',
      id: found.accessKeyId,
      secret: found.secretAccessKey,
      token: found.sessionToken ?? null,
    }
  } catch (error) {
    return /sso/i.test(error.message) ? { kind: 'asked', source: 'sso' } : { kind: 'none' }
  }
}

async function region(profile) {
  const client = new STSClient({ ...(profile !== undefined && { profile }) })
  return client.config.region().catch(() => null)
}

/** The address that a request would go to; nothing is sent. */
async function endpoints(profile) {
  const found = {}
  for (const [name, Client, Command] of [
    ['s3', S3Client, ListBucketsCommand],
    ['sts', STSClient, GetCallerIdentityCommand],
  ]) {
    let sent
    const requestHandler = {
      handle: async (request) => {
        sent = request
        throw new Error('enough')
      },
    }
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'x' }
    const client = new Client({
      region: 'eu-central-1',
      maxAttempts: 1,
      credentials,
      requestHandler,
      ...(profile !== undefined && { profile }),
    })
    await client.send(new Command({})).catch(() => {})
    found[name] = sent === undefined ? null : `${sent.protocol}//${sent.hostname}${sent.port ? `:${sent.port}` : ''}`
  }
  return found
}
