/**
 * Key pairs that servers are delivered with, and that their documentation prints: known to everybody, so tried where the ID stands.
 * @see https://min.io/docs/minio/linux/reference/minio-server/settings/root-credentials.html
 * @see https://docs.localstack.cloud/aws/getting-started/installation/ "test"
 * @see https://github.com/scality/cloudserver conf/authdata.json
 * @see https://github.com/jamhall/s3rver README
 * @see https://docs.rustfs.com/installation/docker
 */
export interface DefaultPair {
  readonly accessKeyId: string
  readonly secret: string
  readonly of: string
}

export const DEFAULT_PAIRS: readonly DefaultPair[] = [
  { accessKeyId: 'minioadmin', secret: 'minioadmin', of: 'MinIO' },
  { accessKeyId: 'minio', secret: 'minio123', of: 'MinIO' },
  { accessKeyId: 'rustfsadmin', secret: 'rustfsadmin', of: 'RustFS' },
  { accessKeyId: 'test', secret: 'test', of: 'LocalStack' },
  { accessKeyId: 'accessKey1', secret: 'verySecretKey1', of: 'Zenko CloudServer' },
  { accessKeyId: 'accessKey2', secret: 'verySecretKey2', of: 'Zenko CloudServer' },
  { accessKeyId: 'S3RVER', secret: 'S3RVER', of: 's3rver' },
]
