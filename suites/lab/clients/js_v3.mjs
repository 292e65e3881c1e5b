// AWS SDK for JavaScript v3 with a middleware that logs what it sends, as people write one to see what is signed.
import dns from 'node:dns'
import { appendFileSync, fstatSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { inspect } from 'node:util'

const plan = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const require = createRequire(`${process.env.LAB_MODULES}/package.json`)
const { S3Client, ...s3 } = require('@aws-sdk/client-s3')
const { STSClient, GetCallerIdentityCommand } = require('@aws-sdk/client-sts')
const resolve = dns.lookup
dns.lookup = (_, ...more) => resolve('127.0.0.1', ...more)

const log = (text) => process.stderr.write(`${text}\n`)
const mark = (step, what) => appendFileSync(plan.marks, `${JSON.stringify({ step, what, at: Date.now(), offset: fstatSync(2).size })}\n`)
const parts = ({ method, protocol, hostname, port, path, query, headers }) => ({ method, protocol, hostname, port, path, query, headers })

function clientOf(step, Kind) {
  const { twist } = step
  const client = new Kind({
    endpoint: plan.endpoint,
    region: twist.region ?? plan.region,
    credentials: {
      accessKeyId: twist.keyId ?? plan.keyId,
      secretAccessKey: twist.secret ?? plan.secret,
      sessionToken: twist.token ?? plan.token ?? undefined,
    },
    systemClockOffset: (twist.clock ?? 0) * 1000,
    forcePathStyle: true,
    ...(plan.plainBodies ? { requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' } : {}),
  })
  client.middlewareStack.addRelativeTo((next) => (args) => logged(next, args, twist.tamper ?? {}), {
    name: 'labLog',
    relation: 'after',
    toMiddleware: 'httpSigningMiddleware',
  })
  return client
}

async function logged(next, args, tamper) {
  const shown = parts(args.request)
  log(plan.style === 'json' ? JSON.stringify(shown) : `request ${inspect(args.request, { depth: 4 })}`)
  changed(args.request, tamper)
  const answer = await next(args)
  if (plan.style === 'json') log(JSON.stringify({ statusCode: answer.response.statusCode, headers: answer.response.headers }))
  return answer
}

function changed(request, { path, query, host, header, body }) {
  if (path !== undefined) request.path = request.path.replace(new RegExp(path[0], 'g'), path[1])
  if (query !== undefined) request.query = { ...request.query, [query.split('=')[0]]: query.split('=')[1] }
  const name = Object.keys(request.headers).find((one) => one.toLowerCase() === 'host') ?? 'host'
  if (host !== undefined) request.headers[name] = host === ':' ? request.hostname : host
  if (header !== undefined) {
    for (const one of Object.keys(request.headers)) if (one.toLowerCase() === header[0]) delete request.headers[one]
    if (header[1] !== null) request.headers[header[0]] = header[1]
  }
  if (body !== undefined) {
    request.body = body
    for (const one of Object.keys(request.headers))
      if (one.toLowerCase() === 'content-length') request.headers[one] = `${Buffer.byteLength(body)}`
  }
}

async function work(step) {
  if (step.op === 'identity') return clientOf(step, STSClient).send(new GetCallerIdentityCommand({}))
  const client = clientOf(step, S3Client)
  const at = { Bucket: plan.bucket, Key: step.key }
  const put = () =>
    client.send(
      new s3.PutObjectCommand({
        ...at,
        Body: step.body,
        ContentType: 'text/plain',
        Metadata: step.op.endsWith('-odd') ? { origin: 'lab', batch_no: '7' } : { origin: 'lab' },
      }),
    )
  const page = (more) => client.send(new s3.ListObjectsV2Command({ Bucket: plan.bucket, MaxKeys: 2, ...more }))
  const ops = {
    put,
    get: async () => (await client.send(new s3.GetObjectCommand(at))).Body.transformToString(),
    missing: () => client.send(new s3.GetObjectCommand(at)),
    head: () => client.send(new s3.HeadObjectCommand(at)),
    'head-then-put': async () => {
      await client.send(new s3.HeadObjectCommand(at)).catch((error) => log(`head: ${error}`))
      return put()
    },
    list: () => client.send(new s3.ListObjectsV2Command({ Bucket: plan.bucket, Prefix: step.key, MaxKeys: 5 })),
    pages: async () => page({ ContinuationToken: (await page({})).NextContinuationToken }),
    delete: () => client.send(new s3.DeleteObjectCommand(at)),
    buckets: () => client.send(new s3.ListBucketsCommand({})),
  }
  return ops[step.op.replace('-odd', '')]()
}

async function one(step) {
  if (plan.threads === 1) mark(step.index, 'begin')
  await work(step).catch((error) => log(inspect(error, { depth: plan.style === 'json' ? 2 : 4 })))
  if (plan.threads === 1) mark(step.index, 'end')
  await new Promise((wake) => setTimeout(wake, plan.pause * 1000))
}

const lanes = Array.from({ length: plan.threads }, (_, lane) => plan.steps.filter((_step, at) => at % plan.threads === lane))
await Promise.all(
  lanes.map(async (steps) => {
    for (const step of steps) await one(step)
  }),
)
