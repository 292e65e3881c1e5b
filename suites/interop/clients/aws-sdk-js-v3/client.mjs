import { Readable } from 'node:stream'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { Upload } from '@aws-sdk/lib-storage'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { bucket, endpoint, keys, LATIN1_META, run, same, say, service, step, UTF8_META } from '../things.mjs'

const settings = { endpoint, maxAttempts: 1 }
const s3 = new S3Client({ ...settings, forcePathStyle: true })
const at = (Key) => ({ Bucket: bucket, Key })

const sts = () => new STSClient(settings).send(new GetCallerIdentityCommand({}))
const dynamodb = () => new DynamoDBClient(settings).send(new ListTablesCommand({}))
const put = () => s3.send(new PutObjectCommand({ ...at('one.txt'), Body: 'one' }))

await run({
  async all() {
    await step('buckets', bucket, () => s3.send(new CreateBucketCommand({ Bucket: bucket })))
    await step('buckets', 'list', () => s3.send(new ListBucketsCommand({})))
    for (const key of keys) {
      await step('keys', key, async () => {
        await s3.send(new PutObjectCommand({ ...at(key), Body: key }))
        same(await (await s3.send(new GetObjectCommand(at(key)))).Body.transformToString(), key)
      })
      await step('queries', `prefix=${key}`, async () => {
        const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: key, Delimiter: '' }))
        same(Contents.map(({ Key }) => Key).join(), key)
      })
      say('presigned', key, await getSignedUrl(s3, new GetObjectCommand(at(key)), { expiresIn: 300 }))
    }
    await step('metadata', 'encoded', async () => {
      await s3.send(new PutObjectCommand({ ...at('meta'), Body: 'meta', Metadata: { note: encodeURIComponent(UTF8_META) } }))
      await s3.send(new HeadObjectCommand(at('meta')))
    })
    await step('metadata', LATIN1_META, () =>
      s3.send(new PutObjectCommand({ ...at('meta'), Body: 'meta', Metadata: { note: LATIN1_META } })),
    )
    const large = Buffer.alloc(300_000, 'x')
    await step('streaming', 'a stream of 300 kB', async () => {
      await new Upload({
        client: s3,
        params: { ...at('large'), Body: Readable.from([large.subarray(0, 1000), large.subarray(1000)]) },
      }).done()
      const stream = Readable.from([large])
      await s3.send(new PutObjectCommand({ ...at('large2'), Body: stream, ContentLength: large.length }))
      same(await (await s3.send(new GetObjectCommand(at('large2')))).Body.transformToByteArray(), large)
    })
    await step('delete', 'large', () => s3.send(new DeleteObjectCommand(at('large'))))
    await step('sts', 'GetCallerIdentity', sts)
    await step('dynamodb', 'ListTables', dynamodb)
  },
  one: () => step('one', service, { s3: put, sts, dynamodb }[service]),
})
