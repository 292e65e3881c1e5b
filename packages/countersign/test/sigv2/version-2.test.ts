/** The text and the signature of Version 2, beside HMAC by node:crypto and the examples that AWS published. */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { parseVersion2Text, version2RequestOf, version2Signature, version2Text } from '../../src/sigv2/index.ts'
import type { Header } from '../../src/sigv4/index.ts'

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const ID = 'AKIAIOSFODNN7EXAMPLE'

function signed(method: string, target: string, headers: readonly Header[]): string {
  const found = version2RequestOf({ method, target, headers, body: new Uint8Array() })
  assert.ok(found !== undefined)
  return version2Text(found.text)
}

test('the examples of the S3 user guide come out', () => {
  const host: Header = ['Host', 'awsexamplebucket1.us-west-1.s3.amazonaws.com']
  const authorization: Header = ['Authorization', `AWS ${ID}:qgk2+6Sv9/oM7G3qLEjTH1a1l1g=`]
  const get = signed('GET', '/photos/puppy.jpg', [
    ['Host', 'johnsmith.s3.amazonaws.com'],
    ['Date', 'Tue, 27 Mar 2007 19:36:42 +0000'],
    authorization,
  ])
  assert.equal(get, 'GET\n\n\nTue, 27 Mar 2007 19:36:42 +0000\n/johnsmith/photos/puppy.jpg')
  assert.equal(version2Signature(SECRET, get, 'sha1'), 'bWq2s1WEIj+Ydj0vQ697zp+IXMU=')
  const upload = signed('PUT', '/db-backup.dat.gz', [
    ['Host', 'static.johnsmith.net:8080'],
    ['Date', 'Tue, 27 Mar 2007 21:06:08 +0000'],
    ['x-amz-acl', 'public-read'],
    ['content-type', 'application/x-download'],
    ['Content-MD5', '4gJE4saaMU4BqNR0kLY+lw=='],
    ['X-Amz-Meta-ReviewedBy', 'joe@johnsmith.net'],
    ['X-Amz-Meta-ReviewedBy', 'jane@johnsmith.net'],
    ['X-Amz-Meta-FileChecksum', '0x02661779'],
    ['X-Amz-Meta-ChecksumAlgorithm', 'crc32'],
    authorization,
  ])
  assert.equal(
    upload,
    'PUT\n4gJE4saaMU4BqNR0kLY+lw==\napplication/x-download\nTue, 27 Mar 2007 21:06:08 +0000\nx-amz-acl:public-read\nx-amz-meta-checksumalgorithm:crc32\nx-amz-meta-filechecksum:0x02661779\nx-amz-meta-reviewedby:joe@johnsmith.net,jane@johnsmith.net\n/db-backup.dat.gz',
  )
  const list = signed('GET', '/?acl&prefix=a', [host, ['x-amz-date', 'Tue, 27 Mar 2007 19:44:46 GMT'], authorization])
  assert.equal(list.split('\n')[3], '', 'the Date line is empty where x-amz-date stands among the headers')
  assert.ok(list.endsWith('/?acl'), 'of the query only sub-resources are signed')
})

test('a URL has its Expires in the place of the date', () => {
  const text = signed('GET', `/photos/puppy.jpg?AWSAccessKeyId=${ID}&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D&Expires=1175139620`, [
    ['Host', 'johnsmith.s3.amazonaws.com'],
  ])
  assert.equal(text, 'GET\n\n\n1175139620\n/johnsmith/photos/puppy.jpg')
  assert.equal(version2Signature(SECRET, text, 'sha1'), 'NpgCjnDzrM+WFzoENXmpNDUsSn8=')
})

test('the query services sort by bytes and encode once', () => {
  const query = `Version=2011-10-01&AWSAccessKeyId=${ID}&ASIN.1=B0+1&Action=List&SignatureMethod=HmacSHA256&SignatureVersion=2&Signature=x`
  const text = signed('POST', `/Products/2011?${query}`, [['Host', 'MWS.example.com']])
  const [method, host, path, sorted] = text.split('\n')
  assert.deepEqual([method, host, path], ['POST', 'mws.example.com', '/Products/2011'])
  assert.equal(sorted, `ASIN.1=B0%201&AWSAccessKeyId=${ID}&Action=List&SignatureMethod=HmacSHA256&SignatureVersion=2&Version=2011-10-01`)
})

test('OSS and Google have their own words', () => {
  const oss = signed('PUT', '/a.txt', [
    ['Host', 'box.oss-cn-shanghai.aliyuncs.com'],
    ['Date', 'Thu, 05 Mar 2026 10:11:12 GMT'],
    ['x-oss-meta-a', '1'],
    ['x-amz-meta-b', '2'],
    ['Authorization', 'OSS LTAIEXAMPLE0001:bWq2s1WEIj+Ydj0vQ697zp+IXMU='],
  ])
  assert.equal(oss, 'PUT\n\n\nThu, 05 Mar 2026 10:11:12 GMT\nx-oss-meta-a:1\n/box/a.txt')
  const goog = signed('GET', '/a.txt', [
    ['Host', 'box.storage.googleapis.com'],
    ['Date', 'Thu, 05 Mar 2026 10:11:12 GMT'],
    ['x-goog-acl', 'private'],
    ['Authorization', 'GOOG1 GOOG1EXAMPLE:bWq2s1WEIj+Ydj0vQ697zp+IXMU='],
  ])
  assert.match(goog, /\nx-goog-acl:private\n\/box\/a\.txt$/)
})

test('both digests are HMAC, whatever the length of key and text', () => {
  for (const key of ['', 'k', 'k'.repeat(64), 'k'.repeat(65), 'k'.repeat(300)])
    for (const text of ['', 'a', 'a'.repeat(55), 'a'.repeat(64), 'a'.repeat(1000)])
      for (const digest of ['sha1', 'sha256'] as const)
        assert.equal(version2Signature(key, text, digest), createHmac(digest, key).update(text).digest('base64'), `${key.length} ${digest}`)
})

test('a text is taken apart as it was put together', () => {
  const texts = [
    'GET\n\n\n1175139620\n/johnsmith/photos/puppy.jpg',
    'PUT\n4gJE4saaMU4BqNR0kLY+lw==\nimage/png\n\nx-amz-acl:private\nx-amz-date:Tue, 27 Mar 2007 19:44:46 GMT\n/box/a b?acl',
    'GET\nec2.example.com\n/\nAWSAccessKeyId=a&Action=b',
  ]
  for (const text of texts) assert.equal(version2Text(parseVersion2Text(text)!), text)
  assert.equal(parseVersion2Text('AWS4-HMAC-SHA256\na\nb\nc'), undefined)
})
