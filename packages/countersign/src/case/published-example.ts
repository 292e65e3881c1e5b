/**
 * The worked examples of AWS's documentation. Their access key ID alone says nothing: people test with that pair, and log what they
 * sent. An example is known by what it publishes, its signature or canonical request, and by having no answer. Who signs the same
 * request himself, and gets another signature, asks about his own.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 * @see https://docs.aws.amazon.com/amazonglacier/latest/dev/amazon-glacier-signing-requests.html
 */
import type { Exchange } from './exchange.js'

interface PublishedExample {
  readonly what: string
  /** Access key ID, day and the rest of the scope, as in a Credential. */
  readonly credential: string
  /** SHA-256 of the canonical request. */
  readonly hash: string
  readonly signature: string
}

const S3 = 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request'

/** Each signature is that of the public example secret: a test calculates them again. */
export const PUBLISHED_EXAMPLES: readonly PublishedExample[] = [
  {
    what: 'S3: GET object',
    credential: S3,
    hash: '7344ae5b7ee6c3e7e6b0fe0640412a37625d1fbfff95c48bbb2dc43964946972',
    signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  },
  {
    what: 'S3: PUT object',
    credential: S3,
    hash: '9e0e90d9c76de8fa5b200d8c849cd5b8dc7a3be3951ddb7f6a76b4158342019d',
    signature: '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  },
  {
    what: 'S3: GET bucket lifecycle',
    credential: S3,
    hash: '9766c798316ff2757b517bc739a67f6213b4ab36dd5da2f94eaebf79c77395ca',
    signature: 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  },
  {
    what: 'S3: list objects',
    credential: S3,
    hash: 'df57d21db20da04d7fa30298dd4488ba3a2b47ca3a489c74750e0f1e7df1b9b7',
    signature: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  },
  {
    what: 'S3: presigned GET',
    credential: S3,
    hash: '3bfa292879f6447bbcda7001decf97f4a54dc650c8942174ae0a9121cf58ad04',
    signature: 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
  },
  {
    what: 'S3: PUT in chunks',
    credential: S3,
    hash: 'cee3fed04b70f867d036f722359b0b1f2f0e5dc0efadbc082b76c4c60e316455',
    signature: '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
  },
  {
    what: 'S3: PUT in chunks with a trailer',
    credential: S3,
    hash: '44d48b8c2f70eae815a0198cc73d7a546a73a93359c070abbaa5e6c7de112559',
    signature: '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e',
  },
  {
    what: 'IAM: ListUsers',
    credential: 'AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request',
    hash: 'f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59',
    signature: '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
  },
  {
    what: 'IAM: ListUsers, first edition',
    credential: 'AKIDEXAMPLE/20110909/us-east-1/iam/aws4_request',
    hash: '3511de7e95d28ecd39e9513b642aee07e54f4941150d8df8bf94b328ef7e55e2',
    signature: 'ced6826de92d2bdeed8f846f0bf508e8559e98e4b0199114b84c54174deb456c',
  },
  {
    what: 'S3 Glacier: create vault',
    credential: 'AKIAIOSFODNN7EXAMPLE/20120525/us-east-1/glacier/aws4_request',
    hash: '5f1da1a2d0feb614dd03d71e87928b8e449ac87614479332aced3a701f916743',
    signature: '3ce5b2f2fffac9262b4da9256f8d086b4aaf42eba5f111c21681a65a127b7c2a',
  },
]

/** Whether an exchange is a worked example as it was published: nobody sent it. */
export function isPublishedExample({ credential, keys, answered }: Exchange): boolean {
  if (answered) return false
  if (keys.signature !== undefined && HEX.test(keys.signature)) return SIGNATURES.has(keys.signature)
  if (keys.hash !== undefined) return HASHES.has(keys.hash)
  // Its signature is left out, or stands as a placeholder.
  const { accessKeyId, scope } = credential ?? {}
  return scope !== undefined && CREDENTIALS.has(`${accessKeyId}/${scope.date}/${scope.region}/${scope.service}/${scope.terminator}`)
}

const HEX = /^[0-9a-f]{64}$/
const SIGNATURES: ReadonlySet<string> = new Set(PUBLISHED_EXAMPLES.map(({ signature }) => signature))
const HASHES: ReadonlySet<string> = new Set(PUBLISHED_EXAMPLES.map(({ hash }) => hash))
const CREDENTIALS: ReadonlySet<string> = new Set(PUBLISHED_EXAMPLES.map(({ credential }) => credential))
