/** How each client prints what it signs and sends. Names are those of the observations of kind "client". */

export interface ClientLog {
  readonly client: RegExp
  readonly command: string
}

/** The first that fits counts. */
export const CLIENT_LOGS: readonly ClientLog[] = [
  { client: /^aws-cli/i, command: 'aws ... --debug 2> debug.log' },
  { client: /^boto/i, command: "boto3.set_stream_logger('')" },
  { client: /^(?:requests|aws-requests|python-requests|urllib3)/i, command: 'http.client.HTTPConnection.debuglevel = 1' },
  { client: /^(?:aws-sdk-go-v2)/i, command: 'config.WithClientLogMode(aws.LogSigning | aws.LogRequest | aws.LogResponseWithBody)' },
  { client: /^aws-sdk-go/i, command: 'aws.Config{LogLevel: aws.LogLevel(aws.LogDebugWithSigning | aws.LogDebugWithHTTPBody)}' },
  {
    client: /^(?:aws-sdk-js|aws4|node)/i,
    command:
      "client.middlewareStack.add((next) => async (args) => { console.log(args.request); return next(args) }, { step: 'finalizeRequest', priority: 'low' })",
  },
  { client: /^aws-sdk-java/i, command: '-Dlogging.level.software.amazon.awssdk.auth=DEBUG -Dlogging.level.org.apache.http=DEBUG' },
  { client: /^aws-sdk-rust/i, command: 'RUST_LOG=aws_sigv4=trace,aws_smithy_runtime=trace <program> 2> debug.log' },
  { client: /^aws-sdk-php/i, command: "new Aws\\S3\\S3Client([..., 'debug' => true])" },
  { client: /^aws-sdk-ruby/i, command: 'Aws::S3::Client.new(http_wire_trace: true)' },
  { client: /^s3cmd/i, command: 's3cmd -d ... 2> debug.log' },
  { client: /^rclone/i, command: 'rclone ... --dump bodies,auth 2> debug.log' },
  { client: /^minio-go/i, command: 'client.TraceOn(os.Stderr)' },
  { client: /^(?:mc|minio)/i, command: 'mc --debug ... 2> debug.log' },
  { client: /^terraform/i, command: 'TF_LOG=DEBUG terraform ... 2> debug.log' },
  { client: /^curl/i, command: 'curl -v ... 2> debug.log' },
]
