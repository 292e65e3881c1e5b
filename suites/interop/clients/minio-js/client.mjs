import { Client } from 'minio'
import { accessKeyId, address, bucket, keys, region, run, same, say, secretAccessKey, step, UTF8_META } from '../things.mjs'

const minio = new Client({
  endPoint: address.hostname,
  port: Number(address.port),
  useSSL: false,
  accessKey: accessKeyId,
  secretKey: secretAccessKey,
  region,
  pathStyle: true,
})

async function text(stream) {
  const pieces = []
  for await (const piece of stream) pieces.push(piece)
  return Buffer.concat(pieces)
}

await run({
  async all() {
    await step('buckets', bucket, () => minio.makeBucket(bucket, region))
    await step('buckets', 'list', () => minio.listBuckets())
    for (const key of keys) {
      await step('keys', key, async () => {
        await minio.putObject(bucket, key, Buffer.from(key))
        same(await text(await minio.getObject(bucket, key)), key)
      })
      await step('queries', `prefix=${key}`, async () => {
        const names = []
        for await (const { name } of minio.listObjectsV2(bucket, key, true)) names.push(name)
        same(names.join(), key)
      })
      say('presigned', key, await minio.presignedGetObject(bucket, key, 300))
    }
    await step('metadata', UTF8_META, () => minio.putObject(bucket, 'meta', 'meta', 4, { note: encodeURIComponent(UTF8_META) }))
    await step('delete', 'meta', () => minio.removeObject(bucket, 'meta'))
  },
  one: () => step('one', 's3', () => minio.putObject(bucket, 'one.txt', 'one')),
})
