// The same things for clients that only sign: `send({ method, path, body, service })` signs and sends, and resolves to
// the text of a success. Objects go to S3, odd queries to S3 and to a service that encodes the path twice.

import { bucket, keys, queries, run, same, say, service, step } from './things.mjs'

const encoded = (key) =>
  key
    .split('/')
    .map((part) => encodeURIComponent(part).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`))
    .join('/')
export const pathOf = (key) => `/${bucket}/${encoded(key)}`

const IDENTITY = 'Action=GetCallerIdentity&Version=2011-06-15'

export function rawSigner(send, { presigned, metadata } = {}) {
  const ones = {
    s3: () => send({ service: 's3', method: 'PUT', path: pathOf('one.txt'), body: 'one' }),
    sts: () =>
      send({ service: 'sts', method: 'POST', path: '/', body: IDENTITY, headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
    'execute-api': () => send({ service: 'execute-api', method: 'GET', path: '/prod/a%20b?x=1' }),
  }
  return run({
    async all() {
      await step('buckets', bucket, () => send({ service: 's3', method: 'PUT', path: `/${bucket}`, body: '' }))
      for (const key of keys) {
        await step('keys', key, async () => {
          await send({ service: 's3', method: 'PUT', path: pathOf(key), body: key })
          same(await send({ service: 's3', method: 'GET', path: pathOf(key) }), key)
        })
        if (presigned !== undefined) say('presigned', key, await presigned(pathOf(key)))
      }
      for (const query of queries) {
        await step('queries', `s3 ?${query}`, () => send({ service: 's3', method: 'GET', path: `/${bucket}?${query}` }))
        await step('queries', `execute-api ?${query}`, () => send({ service: 'execute-api', method: 'GET', path: `/prod/a%20b?${query}` }))
      }
      if (metadata !== undefined)
        await step('metadata', metadata, () =>
          send({ service: 's3', method: 'PUT', path: pathOf('meta'), body: 'meta', headers: { 'x-amz-meta-note': metadata } }),
        )
      await step('sts', 'GetCallerIdentity', ones.sts)
    },
    one: () => step('one', service, ones[service]),
  })
}
