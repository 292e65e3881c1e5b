/** The signing client's name and version out of a User-Agent. */

export interface ClientName {
  readonly name: string
  readonly version: string
}

/** The client a User-Agent names; `undefined` where it names none that signs. */
export function clientOf(userAgent: string): ClientName | undefined {
  const head = userAgent.slice(0, 1000)
  for (const [pattern, name] of CLIENTS) {
    const match = pattern.exec(head)
    if (match !== null) return { name, version: match[1] ?? '' }
  }
  return undefined
}

const CLIENTS: readonly (readonly [RegExp, string])[] = [
  [/\bterraform-provider-aws\/(\S{1,40})|\bTerraform\/(?:\S{1,40})/i, 'terraform'],
  [/\baws-cli\/(\S{1,40})/i, 'aws-cli'],
  [/\bboto3\/(\S{1,40})/i, 'boto3'],
  [/\bbotocore\/(\S{1,40})/i, 'botocore'],
  [/\baws-sdk-go-v2\/(\S{1,40})/i, 'aws-sdk-go-v2'],
  [/\baws-sdk-go\/(\S{1,40})/i, 'aws-sdk-go'],
  [/\baws-sdk-java\/(2\S{0,40})/i, 'aws-sdk-java-v2'],
  [/\baws-sdk-java\/(\S{1,40})/i, 'aws-sdk-java'],
  [/\baws-sdk-js\/(3\S{0,40})/i, 'aws-sdk-js-v3'],
  [/\baws-sdk-(?:js|nodejs)\/(\S{1,40})/i, 'aws-sdk-js'],
  [/\baws-sdk-rust\/(\S{1,40})/i, 'aws-sdk-rust'],
  [/\baws-sdk-ruby\d?\/(\S{1,40})/i, 'aws-sdk-ruby'],
  [/\baws-sdk-php\d?\/(\S{1,40})/i, 'aws-sdk-php'],
  [/\baws-sdk-(?:dotnet|net)[\w-]{0,20}\/(\S{1,40})/i, 'aws-sdk-net'],
  [/\baws-sdk-cpp\/(\S{1,40})/i, 'aws-sdk-cpp'],
  [/\baws-sdk-kotlin\/(\S{1,40})/i, 'aws-sdk-kotlin'],
  [/\baws-sdk-swift\/(\S{1,40})/i, 'aws-sdk-swift'],
  [/\bminio-go\/v?(\S{1,40})/i, 'minio-go'],
  [/\bs3cmd\/(\S{1,40})/i, 's3cmd'],
  [/\bs3fs\/(\S{1,40})/i, 's3fs'],
  [/\brclone\/(\S{0,40})/i, 'rclone'],
  [/^curl\/(\S{1,40})/i, 'curl'],
  [/\bPostmanRuntime\/(\S{1,40})/i, 'postman'],
]
