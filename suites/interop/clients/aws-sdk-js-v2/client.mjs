import AWS from 'aws-sdk'
import { bucket, endpoint, keys, LATIN1_META, region, run, same, say, service, step, UTF8_META } from '../things.mjs'

const settings = { endpoint, region, maxRetries: 0 }
const s3 = new AWS.S3({ ...settings, s3ForcePathStyle: true, signatureVersion: 'v4' })
const at = (Key) => ({ Bucket: bucket, Key })
const sts = () => new AWS.STS(settings).getCallerIdentity().promise()
const dynamodb = () => new AWS.DynamoDB(settings).listTables().promise()

await run({
  async all() {
    await step('buckets', bucket, () => s3.createBucket({ Bucket: bucket }).promise())
    await step('buckets', 'list', () => s3.listBuckets().promise())
    for (const key of keys) {
      await step('keys', key, async () => {
        await s3.putObject({ ...at(key), Body: key }).promise()
        same((await s3.getObject(at(key)).promise()).Body, key)
      })
      await step('queries', `prefix=${key}`, async () => {
        const { Contents } = await s3.listObjectsV2({ Bucket: bucket, Prefix: key }).promise()
        same(Contents.map(({ Key }) => Key).join(), key)
      })
      say('presigned', key, s3.getSignedUrl('getObject', { ...at(key), Expires: 300 }))
    }
    for (const [detail, note] of [
      ['encoded', encodeURIComponent(UTF8_META)],
      [LATIN1_META, LATIN1_META],
    ])
      await step('metadata', detail, () => s3.putObject({ ...at('meta'), Body: 'meta', Metadata: { note } }).promise())
    await step('delete', 'meta', () => s3.deleteObject(at('meta')).promise())
    await step('sts', 'GetCallerIdentity', sts)
    await step('dynamodb', 'ListTables', dynamodb)
  },
  one: () => step('one', service, { s3: () => s3.putObject({ ...at('one.txt'), Body: 'one' }).promise(), sts, dynamodb }[service]),
})
