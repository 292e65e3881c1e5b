/** Values that clients commonly send in headers, for headers of which no value was seen. */

/** The values that are tried for a header, by its lower-case name. */
export function commonValues(name: string): readonly string[] {
  return COMMON[name] ?? ANY
}

const ANY = ['true', '1', '*']
const COMMON: Readonly<Record<string, readonly string[]>> = {
  'x-amz-te': ['append-md5'],
  te: ['trailers'],
  expect: ['100-continue'],
  'accept-encoding': ['identity', 'gzip', 'gzip, deflate', 'gzip, deflate, br', 'gzip, br'],
  accept: ['*/*', 'application/json'],
  connection: ['keep-alive', 'close', 'Keep-Alive'],
  'content-length': ['0'],
  'content-type': [
    'application/json',
    'application/octet-stream',
    'binary/octet-stream',
    'application/x-www-form-urlencoded',
    'text/plain',
    'application/x-amz-json-1.1',
    'application/x-amz-json-1.0',
    'image/jpeg',
    'image/png',
    'application/pdf',
  ],
  'content-encoding': ['aws-chunked', 'gzip'],
  'transfer-encoding': ['chunked'],
  'x-amz-checksum-mode': ['ENABLED'],
  'x-amz-sdk-checksum-algorithm': ['CRC32', 'SHA256', 'CRC64NVME', 'CRC32C'],
  'x-amz-acl': ['private', 'public-read', 'bucket-owner-full-control', 'authenticated-read'],
  'x-amz-content-sha256': ['UNSIGNED-PAYLOAD', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  'x-amz-server-side-encryption': ['AES256', 'aws:kms'],
  'x-amz-storage-class': ['STANDARD', 'STANDARD_IA', 'GLACIER'],
  'x-amz-request-payer': ['requester'],
  'amz-sdk-request': ['attempt=1; max=3', 'attempt=1'],
  'cache-control': ['no-cache', 'max-age=0'],
  range: ['bytes=0-', 'bytes=0-5242879', 'bytes=0-8388607', 'bytes=0-1048575'],
  'user-agent': ['Go-http-client/1.1', 'node'],
}
