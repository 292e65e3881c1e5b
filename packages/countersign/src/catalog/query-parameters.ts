/**
 * The names of query parameters that AWS's own APIs define and that begin one another or stand side by side: nobody takes another name
 * for one of these before posting, so their order in a text is the signer's.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export const AWS_QUERY_PARAMETERS: ReadonlySet<string> = new Set([
  ...['acl', 'analytics', 'attributes', 'cors', 'delete', 'encryption', 'intelligent-tiering', 'inventory', 'legal-hold', 'lifecycle'],
  ...['location', 'logging', 'metrics', 'notification', 'object-lock', 'ownershipControls', 'policy', 'policyStatus', 'publicAccessBlock'],
  ...['replication', 'requestPayment', 'restore', 'retention', 'select', 'select-type', 'tagging', 'torrent', 'uploads', 'versioning'],
  ...['versions', 'website', 'continuation-token', 'delimiter', 'encoding-type', 'fetch-owner', 'key-marker', 'list-type', 'marker'],
  ...['max-keys', 'max-parts', 'max-uploads', 'part-number-marker', 'partNumber', 'prefix', 'start-after', 'upload-id-marker', 'uploadId'],
  ...['version-id-marker', 'versionId', 'x-id', 'response-cache-control', 'response-content-disposition', 'response-content-type'],
  ...['X-Amz-Algorithm', 'X-Amz-Content-Sha256', 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Expires', 'X-Amz-Security-Token'],
  ...['X-Amz-SignedHeaders', 'Action', 'Version'],
])
