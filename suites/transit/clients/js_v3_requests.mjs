// Says what it can sign and send; does what it is asked for, one name a line, and says "done" after each. A middleware
// writes what it signed to a file, as people write one to see it.
import dns from 'node:dns'
import { appendFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { inspect } from 'node:util'

const [endpoint, region, bucket, logs] = process.argv.slice(2)
const require = createRequire(`${process.env.LAB_MODULES}/package.json`)
const { S3Client, ...s3 } = require('@aws-sdk/client-s3')
const { getSignedUrl } = require('@aws-sdk/s3-request-presigner')
const { DynamoDBClient, ListTablesCommand } = require('@aws-sdk/client-dynamodb')
const resolve = dns.lookup
dns.lookup = (_, ...more) => resolve('127.0.0.1', ...more)

let log
const common = { endpoint, region, maxAttempts: 1 }
const client = logged(new S3Client({ ...common, forcePathStyle: true }))
const dynamo = logged(new DynamoDBClient(common))

function logged(one) {
  const write = (next) => (args) => {
    const { method, protocol, hostname, port, path, query, headers } = args.request
    appendFileSync(log, `${JSON.stringify({ method, protocol, hostname, port, path, query, headers })}\n`)
    return next(args)
  }
  one.middlewareStack.addRelativeTo(write, { name: 'written', relation: 'after', toMiddleware: 'httpSigningMiddleware' })
  return one
}

const at = (Key) => ({ Bucket: bucket, Key })
const body = '{"total": 7, "name": "a + b"}\n'
const get = (key, more) => client.send(new s3.GetObjectCommand({ ...at(key), ...more })).then(({ Body }) => Body.transformToString())
const put = (key, more) => client.send(new s3.PutObjectCommand({ ...at(key), Body: body, ...more }))

const REQUESTS = {
  put: () => put('reports/q4.json', { ContentType: 'application/json', Metadata: { origin: 'lab', batch_no: '7' } }),
  'put-stream': () => put('reports/stream.json', { Body: Readable.from([Buffer.from(body)]), ContentLength: body.length }),
  'get-escaped': () => get('a%2Fb=c&d.txt'),
  'get-slashes': () => get('deep//slashes/x.txt'),
  'get-unicode': () => get("übung/it's ~ +.txt"),
  'get-range': () => get('reports/q4.json', { Range: 'bytes=0-3' }),
  head: () => client.send(new s3.HeadObjectCommand(at('reports/q4.json'))),
  delete: () => client.send(new s3.DeleteObjectCommand(at('reports/none.json'))),
  list: () => client.send(new s3.ListObjectsV2Command({ Bucket: bucket, Prefix: 'a b/+', Delimiter: '/', MaxKeys: 5 })),
  presigned: async () => fetch(await getSignedUrl(client, new s3.GetObjectCommand(at('in box//a+b.json')), { expiresIn: 600 })),
  'presigned-put': async () =>
    fetch(await getSignedUrl(client, new s3.PutObjectCommand(at('upload/a b.json')), { expiresIn: 600 }), { method: 'PUT', body }),
  tables: () => dynamo.send(new ListTablesCommand({ Limit: 3 })),
}

console.log(Object.keys(REQUESTS).join(' '))
for await (const name of createInterface({ input: process.stdin })) {
  log = `${logs}/${name}.log`
  // What is not there, and what was refused, ends here: the wire tells.
  await REQUESTS[name]().catch((error) => appendFileSync(log, `${inspect(error, { depth: 2 })}\n`))
  console.log('done')
}
