/** S3 in memory, as clients and tools use it: every answer over HTTP, with a signature. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { openedDoor } from '../support/opened-door.ts'

type Send = Awaited<ReturnType<typeof openedDoor>>['send']
type Headers = readonly (readonly [string, string])[]

/** The texts of all elements of a name. */
function all(text: string, name: string): string[] {
  return [...text.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, inner]) => inner!)
}

function sendWith(send: Send) {
  return {
    put: (target: string, body = '', headers: Headers = []) => send('PUT', target, body, 's3', headers),
    get: (target: string, headers: Headers = []) => send('GET', target, '', 's3', headers),
    head: (target: string, headers: Headers = []) => send('HEAD', target, '', 's3', headers),
    del: (target: string, headers: Headers = []) => send('DELETE', target, '', 's3', headers),
    post: (target: string, body = '', headers: Headers = []) => send('POST', target, body, 's3', headers),
  }
}

async function opened(options = {}) {
  const { send, close } = await openedDoor(options)
  return { ...sendWith(send), close }
}

const MD5 = (text: string) => createHash('md5').update(text, 'latin1').digest('hex')
/** A part of the least size that may be followed by another. */
const PART = 'p'.repeat(5 * 1024 * 1024)

test('buckets and small objects, with their metadata', async () => {
  const { put, get, head, del, close } = await opened()
  assert.equal((await get('/nowhere/k')).status, 404)
  assert.equal((await put('/bucket')).status, 200)
  const kept = await put('/bucket/a%20b%2Fc', 'body', [
    ['x-amz-meta-note', 'n'],
    ['content-type', 'text/plain'],
  ])
  assert.equal(kept.status, 200)
  const got = await get('/bucket/a%20b%2Fc')
  assert.equal(got.text, 'body')
  assert.equal(got.headers.get('x-amz-meta-note'), 'n')
  assert.equal(got.headers.get('etag'), `"${MD5('body')}"`)
  assert.match(got.headers.get('x-amz-request-id')!, /^[0-9A-F]{16}$/)
  assert.equal((await head('/bucket/a%20b%2Fc')).headers.get('content-length'), '4')
  assert.match((await get('/bucket?list-type=2&prefix=a')).text, /<Key>a b\/c<\/Key>/)
  assert.deepEqual(all((await get('/')).text, 'Name'), ['bucket'])
  assert.equal((await del('/bucket')).status, 409)
  assert.equal((await del('/bucket/a%20b%2Fc')).status, 204)
  assert.equal((await del('/bucket/a%20b%2Fc')).status, 204)
  const gone = await get('/bucket/a%20b%2Fc')
  assert.deepEqual([gone.status, all(gone.text, 'Code'), all(gone.text, 'Key')], [404, ['NoSuchKey'], ['a b/c']])
  assert.deepEqual(all(gone.text, 'RequestId'), [gone.headers.get('x-amz-request-id')])
  assert.equal((await del('/bucket')).status, 204)
  assert.equal((await head('/bucket')).status, 404)
  await close()
})

test('an object without a type is binary/octet-stream; a request may ask for other headers of its answer', async () => {
  const { put, get, close } = await opened()
  // `fetch` gives a body a type; without one it has none.
  await put('/b/k')
  assert.equal((await get('/b/k')).headers.get('content-type'), 'binary/octet-stream')
  const other = await get('/b/k?response-content-type=text%2Fhtml&response-content-disposition=attachment%3B%20filename%3Da')
  assert.equal(other.headers.get('content-type'), 'text/html')
  assert.equal(other.headers.get('content-disposition'), 'attachment; filename=a')
  assert.deepEqual(all((await get('/b/k?response-expires=a%0Ab')).text, 'Code'), ['InvalidArgument'])
  await close()
})

test('ranges', async () => {
  const { put, get, close } = await opened()
  await put('/b/k', '0123456789')
  await put('/b/empty', '')
  const range = async (value: string, key = 'k') => {
    const { status, text, headers } = await get(`/b/${key}`, [['range', value]])
    return status === 416 ? [status, headers.get('content-range')] : [status, text, headers.get('content-range')]
  }
  assert.deepEqual(await range('bytes=1-2'), [206, '12', 'bytes 1-2/10'])
  assert.deepEqual(await range('bytes=7-'), [206, '789', 'bytes 7-9/10'])
  assert.deepEqual(await range('bytes=-3'), [206, '789', 'bytes 7-9/10'])
  assert.deepEqual(await range('bytes=5-100'), [206, '56789', 'bytes 5-9/10'])
  assert.deepEqual(await range('bytes=10-'), [416, 'bytes */10'])
  assert.deepEqual(await range('bytes=-0'), [416, 'bytes */10'])
  assert.deepEqual(await range('bytes=0-0', 'empty'), [416, 'bytes */0'])
  for (const whole of ['bytes=2-1', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=-']) assert.deepEqual((await range(whole))[0], 200)
  await close()
})

test('conditions, of reads and of writes', async () => {
  const { put, get, head, del, close } = await opened()
  await put('/b/k', 'body')
  const etag = `"${MD5('body')}"`
  const { headers } = await head('/b/k')
  const modified = headers.get('last-modified')!
  const before = new Date(Date.parse(modified) - 1000).toUTCString()
  const of = async (...conditions: [string, string][]) => (await get('/b/k', conditions)).status
  assert.equal(await of(['if-match', etag]), 200)
  assert.equal(await of(['if-match', '"other"']), 412)
  assert.equal(await of(['if-none-match', `"other", ${etag}`]), 304)
  assert.equal(await of(['if-none-match', '"other"']), 200)
  assert.equal(await of(['if-modified-since', modified]), 304)
  assert.equal(await of(['if-modified-since', before]), 200)
  assert.equal(await of(['if-unmodified-since', modified]), 200)
  assert.equal(await of(['if-unmodified-since', before]), 412)
  assert.equal(await of(['if-match', etag], ['if-unmodified-since', before]), 200)
  assert.equal(await of(['if-none-match', '"other"'], ['if-modified-since', modified]), 200)
  assert.equal(await of(['if-modified-since', 'no date']), 200)
  assert.equal((await put('/b/k', 'x', [['if-none-match', '*']])).status, 412)
  assert.equal((await put('/b/new', 'x', [['if-none-match', '*']])).status, 200)
  assert.equal((await put('/b/k', 'x', [['if-match', '"other"']])).status, 412)
  assert.equal((await put('/b/missing', 'x', [['if-match', etag]])).status, 404)
  assert.equal((await put('/b/k', 'y', [['if-match', etag]])).status, 200)
  assert.equal((await del('/b/k', [['if-match', etag]])).status, 412)
  assert.equal((await del('/b/k', [['if-match', `"${MD5('y')}"`]])).status, 204)
  await close()
})

test('copies: metadata kept or replaced, conditions on the source, a key with a question mark', async () => {
  const { put, get, close } = await opened()
  await put('/b/a%3Fb%2Bc', 'body', [['x-amz-meta-n', 'one']])
  const source = ['x-amz-copy-source', '/b/a%3Fb%2Bc'] as const
  assert.deepEqual(all((await put('/c/copy', '', [source, ['x-amz-meta-n', 'two']])).text, 'ETag'), [`"${MD5('body')}"`])
  assert.equal((await get('/c/copy')).headers.get('x-amz-meta-n'), 'one')
  const replace = ['x-amz-metadata-directive', 'REPLACE'] as const
  await put('/c/copy', '', [source, replace, ['x-amz-meta-n', 'two']])
  const copied = await get('/c/copy')
  assert.deepEqual([copied.text, copied.headers.get('x-amz-meta-n')], ['body', 'two'])
  assert.deepEqual(all((await put('/b/a%3Fb%2Bc', '', [source])).text, 'Code'), ['InvalidRequest'])
  assert.equal((await put('/b/a%3Fb%2Bc', '', [source, replace])).status, 200)
  assert.equal((await put('/c/copy', '', [source, ['x-amz-copy-source-if-none-match', `"${MD5('body')}"`]])).status, 412)
  assert.deepEqual(all((await put('/c/copy', '', [['x-amz-copy-source', 'b/none']])).text, 'Code'), ['NoSuchKey'])
  assert.deepEqual(all((await put('/c/copy', '', [['x-amz-copy-source', 'b']])).text, 'Code'), ['InvalidArgument'])
  await close()
})

async function begun(post: ReturnType<typeof sendWith>['post'], target: string, headers: Headers = []): Promise<string> {
  return all((await post(`${target}?uploads=`, '', headers)).text, 'UploadId')[0]!
}

function completion(parts: readonly (readonly [number: number, etag: string])[]): string {
  const list = parts.map(([number, etag]) => `<Part><PartNumber>${number}</PartNumber><ETag>&quot;${etag}&quot;</ETag></Part>`)
  return `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${list.join('')}</CompleteMultipartUpload>`
}

test('an upload in parts: begun, listed, completed, read by part', async () => {
  const { put, get, post, head, close } = await opened()
  const id = await begun(post, '/b/big', [['x-amz-meta-n', 'one']])
  await put(`/b/big?partNumber=1&uploadId=${id}`, 'replaced')
  await put(`/b/big?partNumber=2&uploadId=${id}`, 'second')
  await put(`/b/big?partNumber=1&uploadId=${id}`, PART)
  assert.deepEqual(all((await get(`/b/big?uploadId=${id}`)).text, 'Size'), [String(PART.length), '6'])
  const first = (await get(`/b/big?uploadId=${id}&max-parts=1`)).text
  assert.deepEqual([all(first, 'IsTruncated'), all(first, 'NextPartNumberMarker')], [['true'], ['1']])
  assert.deepEqual(all((await get(`/b/big?uploadId=${id}&part-number-marker=1`)).text, 'PartNumber'), ['2'])
  assert.deepEqual(all((await get('/b?uploads')).text, 'UploadId'), [id])
  assert.equal((await get('/b/big')).status, 404)
  const parts = [
    [1, MD5(PART)],
    [2, MD5('second')],
  ] as const
  const done = await post(`/b/big?uploadId=${id}`, completion(parts))
  const whole = createHash('md5')
    .update(Buffer.from(MD5(PART) + MD5('second'), 'hex'))
    .digest('hex')
  assert.deepEqual(all(done.text, 'ETag'), [`"${whole}-2"`])
  assert.match(done.text, /<Location>http:\/\/127\.0\.0\.1:\d+\/b\/big<\/Location>/)
  const got = await get('/b/big')
  assert.equal(got.text, `${PART}second`)
  assert.equal(got.headers.get('x-amz-meta-n'), 'one')
  const second = await get('/b/big?partNumber=2')
  assert.deepEqual([second.status, second.text, second.headers.get('x-amz-mp-parts-count')], [206, 'second', '2'])
  assert.equal((await get('/b/big?partNumber=3')).status, 416)
  assert.equal((await get('/b/big', [['range', `bytes=${PART.length - 2}-${PART.length + 1}`]])).text, 'ppse')
  assert.equal((await head('/b/big')).headers.get('content-length'), String(PART.length + 6))
  assert.deepEqual(all((await get('/b?uploads')).text, 'UploadId'), [])
  await close()
})

test('an upload in parts: what S3 refuses, and what is given up', async () => {
  const { put, post, get, del, close } = await opened()
  await put('/b/source', 'x'.repeat(20))
  const id = await begun(post, '/b/k')
  const target = `/b/k?uploadId=${id}`
  const code = async (body: string) => all((await post(target, body)).text, 'Code')[0]
  await put(`/b/k?partNumber=1&uploadId=${id}`, 'one')
  const copied = await put(`/b/k?partNumber=2&uploadId=${id}`, '', [
    ['x-amz-copy-source', 'b/source'],
    ['x-amz-copy-source-range', 'bytes=3-9'],
  ])
  assert.deepEqual(all(copied.text, 'ETag'), [`"${MD5('x'.repeat(7))}"`])
  const [one, two] = [
    [1, MD5('one')],
    [2, MD5('x'.repeat(7))],
  ] as const
  assert.equal(await code(''), 'MalformedXML')
  assert.equal(await code(completion([])), 'MalformedXML')
  assert.equal(await code(completion([two, one])), 'InvalidPartOrder')
  assert.equal(await code(completion([one, [2, MD5('other')]])), 'InvalidPart')
  assert.equal(await code(completion([one, [3, MD5('one')]])), 'InvalidPart')
  assert.equal(await code(completion([one, two])), 'EntityTooSmall')
  for (const number of ['0', '10001', 'x', ''])
    assert.deepEqual(all((await put(`/b/k?partNumber=${number}&uploadId=${id}`, 'one')).text, 'Code'), ['InvalidArgument'])
  assert.equal((await put(`/b/other?partNumber=1&uploadId=${id}`, 'one')).status, 404)
  assert.equal((await post(target, completion([two]), [['if-none-match', '*']])).status, 200)
  assert.equal((await get('/b/k')).text, 'x'.repeat(7))
  const again = await begun(post, '/b/k')
  assert.equal((await put(`/b/k?partNumber=1&uploadId=${again}`, 'one')).status, 200)
  assert.equal((await post(`/b/k?uploadId=${again}`, completion([one]), [['if-none-match', '*']])).status, 412)
  assert.equal((await del(`/b/k?uploadId=${again}`)).status, 204)
  assert.deepEqual(all((await get(`/b/k?uploadId=${again}`)).text, 'Code'), ['NoSuchUpload'])
  await close()
})

test('listings: prefix, delimiter, pages of both versions, start-after, spelling', async () => {
  const { put, get, close } = await opened()
  for (const key of ['a', 'b/1', 'b/2', 'b/c/3', 'd+e%20f', 'g/%26', 'z']) await put(`/b/${key}`, key)
  const list = async (query: string) => {
    const { text } = await get(`/b?${query}`)
    return { keys: all(text, 'Key'), prefixes: all(text, 'Prefix').slice(1), text }
  }
  assert.deepEqual((await list('list-type=2')).keys, ['a', 'b/1', 'b/2', 'b/c/3', 'd+e f', 'g/&amp;', 'z'])
  const folders = await list('list-type=2&delimiter=%2F')
  assert.deepEqual(
    [folders.keys, folders.prefixes],
    [
      ['a', 'd+e f', 'z'],
      ['b/', 'g/'],
    ],
  )
  assert.deepEqual(all(folders.text, 'KeyCount'), ['5'])
  const within = await list('list-type=2&delimiter=%2F&prefix=b%2F')
  assert.deepEqual([within.keys, within.prefixes], [['b/1', 'b/2'], ['b/c/']])
  assert.deepEqual((await list('list-type=2&start-after=b%2F2')).keys, ['b/c/3', 'd+e f', 'g/&amp;', 'z'])
  assert.deepEqual((await list('encoding-type=url&prefix=d')).keys, ['d%2Be+f'])
  assert.deepEqual((await list('prefix=d%2Be+f')).keys, ['d+e f'])
  for (const [most, version] of [
    [1, 'list-type=2&'],
    [2, ''],
    [3, 'list-type=2&'],
  ] as const) {
    const seen: string[] = []
    for (let from = '', more = true; more; ) {
      const { keys, prefixes, text } = await list(`${version}delimiter=%2F&encoding-type=url&max-keys=${most}${from}`)
      assert.ok(keys.length + prefixes.length <= most)
      seen.push(...keys, ...prefixes)
      more = all(text, 'IsTruncated')[0] === 'true'
      const [token, marker] = [all(text, 'NextContinuationToken')[0], all(text, 'NextMarker')[0]]
      from = version === '' ? `&marker=${marker}` : `&continuation-token=${token}`
    }
    assert.deepEqual([...seen].sort(), ['a', 'b/', 'd%2Be+f', 'g/', 'z'])
  }
  assert.deepEqual([(await list('max-keys=0')).keys, all((await list('max-keys=0')).text, 'IsTruncated')], [[], ['false']])
  for (const wrong of ['max-keys=-1', 'max-keys=x', 'encoding-type=x', 'list-type=2&continuation-token=%00'])
    assert.deepEqual(all((await list(wrong)).text, 'Code'), ['InvalidArgument'])
  await close()
})

test('versions: kept, listed, read, deleted behind a marker and for good', async () => {
  const { put, get, del, head, close } = await opened()
  await put('/b/k', 'before')
  assert.deepEqual(all((await get('/b?versions')).text, 'VersionId'), ['null'])
  const set = (status: string) => put('/b?versioning', `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`)
  assert.equal((await set('Enabled')).status, 200)
  assert.deepEqual(all((await get('/b?versioning')).text, 'Status'), ['Enabled'])
  const second = (await put('/b/k', 'second')).headers.get('x-amz-version-id')!
  const marker = (await del('/b/k')).headers
  assert.equal(marker.get('x-amz-delete-marker'), 'true')
  const gone = await get('/b/k')
  assert.deepEqual([gone.status, gone.headers.get('x-amz-delete-marker')], [404, 'true'])
  assert.deepEqual(all((await get('/b')).text, 'Key'), [])
  const { text } = await get('/b?versions')
  assert.deepEqual(all(text, 'VersionId'), [marker.get('x-amz-version-id'), second, 'null'])
  assert.deepEqual(all(text, 'IsLatest'), ['true', 'false', 'false'])
  const page = (await get(`/b?versions&max-keys=1&key-marker=k&version-id-marker=${marker.get('x-amz-version-id')}`)).text
  assert.deepEqual([all(page, 'VersionId'), all(page, 'NextVersionIdMarker')], [[second], [second]])
  assert.equal((await get(`/b/k?versionId=${second}`)).text, 'second')
  assert.equal((await get('/b/k?versionId=null')).text, 'before')
  assert.equal((await head(`/b/k?versionId=${marker.get('x-amz-version-id')}`)).status, 405)
  assert.equal((await get('/b/k?versionId=x')).status, 400)
  assert.equal((await get(`/b/k?versionId=${'x'.repeat(32)}`)).status, 404)
  assert.equal((await del(`/b/k?versionId=${marker.get('x-amz-version-id')}`)).status, 204)
  assert.equal((await get('/b/k')).text, 'second')
  await set('Suspended')
  await put('/b/k', 'third')
  assert.deepEqual(all((await get('/b?versions')).text, 'VersionId'), ['null', second])
  await close()
})

test('many deleted at once', async () => {
  const { put, get, post, close } = await opened()
  for (const key of ['a', 'b%26c', 'd']) await put(`/b/${key}`, 'x')
  const body = '<Delete><Object><Key>a</Key></Object><Object><Key>b&amp;c</Key></Object><Object><Key>none</Key></Object></Delete>'
  const checked = ['content-md5', createHash('md5').update(body).digest('base64')] as const
  assert.deepEqual(all((await post('/b?delete', body)).text, 'Code'), ['InvalidRequest'])
  const { text } = await post('/b?delete', body, [checked])
  assert.deepEqual(all(text, 'Key'), ['a', 'b&amp;c', 'none'])
  assert.deepEqual(all((await get('/b')).text, 'Key'), ['d'])
  const none = '<Delete></Delete>'
  const ofNone = ['content-md5', createHash('md5').update(none).digest('base64')] as const
  assert.deepEqual(all((await post('/b?delete', none, [ofNone])).text, 'Code'), ['MalformedXML'])
  await close()
})

test('tags, ACLs and what else tools ask of a bucket', async () => {
  const { put, get, del, head, close } = await opened()
  await put('/b/k', 'x', [['x-amz-tagging', 'a=1&b=two+words']])
  assert.deepEqual(all((await get('/b/k?tagging')).text, 'Value'), ['1', 'two words'])
  assert.equal((await head('/b/k')).headers.get('x-amz-tagging-count'), '2')
  const tags = '<Tagging><TagSet><Tag><Key>c</Key><Value>&lt;3</Value></Tag></TagSet></Tagging>'
  assert.equal((await put('/b/k?tagging', tags)).status, 200)
  assert.deepEqual(all((await get('/b/k?tagging')).text, 'Value'), ['&lt;3'])
  assert.equal((await del('/b/k?tagging')).status, 204)
  assert.deepEqual(all((await get('/b?tagging')).text, 'Code'), ['NoSuchTagSet'])
  assert.equal((await put('/b?tagging', tags)).status, 204)
  assert.deepEqual(all((await get('/b?tagging')).text, 'Key'), ['c'])
  for (const target of ['/b?acl', '/b/k?acl']) assert.match((await get(target)).text, /<Permission>FULL_CONTROL<\/Permission>/)
  for (const [name, code] of [
    ['policy', 'NoSuchBucketPolicy'],
    ['cors', 'NoSuchCORSConfiguration'],
    ['lifecycle', 'NoSuchLifecycleConfiguration'],
  ])
    assert.deepEqual(all((await get(`/b?${name}`)).text, 'Code'), [code])
  assert.match((await get('/b?encryption')).text, /<SSEAlgorithm>AES256<\/SSEAlgorithm>/)
  assert.match((await get('/b?location')).text, /<LocationConstraint [^>]*>eu-west-1<\/LocationConstraint>/)
  assert.equal((await head('/b')).headers.get('x-amz-bucket-region'), 'eu-west-1')
  assert.equal((await put('/b?policy', '{}')).status, 501)
  assert.equal((await get('/b/k?attributes')).status, 501)
  assert.equal((await get('/b/k')).text, 'x')
  await close()
})

test('what does not fit is refused, and what there is stays', async () => {
  const { put, get, post, del, close } = await opened({ objectBytes: 6000 })
  assert.equal((await put('/b/one', '1'.repeat(3000))).status, 200)
  const full = await put('/b/two', '2'.repeat(3000))
  assert.deepEqual([full.status, all(full.text, 'Code')], [507, ['InsufficientStorage']])
  const id = await begun(post, '/b/three')
  assert.equal((await put(`/b/three?partNumber=1&uploadId=${id}`, '3'.repeat(3000))).status, 507)
  await del(`/b/three?uploadId=${id}`)
  assert.equal((await put('/b/one', '4'.repeat(3000))).status, 200)
  assert.equal((await get('/b/one')).text, '4'.repeat(3000))
  assert.deepEqual(all((await put('/b/five', '5'.repeat(7000))).text, 'Code'), ['EntityTooLarge'])
  assert.equal((await del('/b/one')).status, 204)
  assert.equal((await put('/b/two', '2'.repeat(3000))).status, 200)
  await close()
})

test('names that S3 does not take', async () => {
  const { put, close } = await opened()
  assert.deepEqual(all((await put('/a%0Ab')).text, 'Code'), ['InvalidBucketName'])
  assert.deepEqual(all((await put(`/b/${'k'.repeat(1025)}`, 'x')).text, 'Code'), ['KeyTooLongError'])
  assert.equal((await put(`/b/${'k'.repeat(1024)}`, 'x')).status, 200)
  await close()
})
