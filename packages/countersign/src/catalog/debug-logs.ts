/**
 * How each client shows what it signed, or at least what it sent. Clients that print neither text are read at the next place where
 * the request can be seen.
 */
import type { Subject } from './subjects.js'

/** texts: canonical request and string to sign, or one of them. request: only the request as it was sent. */
export type LogShows = 'texts' | 'request'

export interface DebugLog {
  readonly shows: LogShows
  /** A command, a setting or a line of code. */
  readonly how: string
}

/** Nearer first: the program that was run, then the library it signs with, then the language of a signer of one's own. */
export const DEBUG_LOGS: readonly (readonly [subject: Subject, log: DebugLog])[] = [
  ['s3cmd', { shows: 'texts', how: 's3cmd -d ... 2> debug.log' }],
  ['s3fs', { shows: 'request', how: 's3fs ... -f -o dbglevel=debug,curldbg 2> debug.log' }],
  ['rclone', { shows: 'request', how: 'rclone ... -vv --dump headers 2> debug.log' }],
  ['mc', { shows: 'request', how: 'mc --debug ... > debug.log 2>&1' }],
  ['goofys', { shows: 'request', how: 'goofys -f --debug_s3 ... 2> debug.log' }],
  ['mountpoint', { shows: 'texts', how: 'mount-s3 --debug --debug-crt --log-directory . ...' }],
  ['s5cmd', { shows: 'request', how: 's5cmd --log trace ... > debug.log 2>&1' }],
  ['duplicity', { shows: 'request', how: 'duplicity -v9 ... > debug.log 2>&1' }],
  ['terraform', { shows: 'request', how: 'TF_LOG=trace terraform apply 2> debug.log' }],
  ['aws-cli', { shows: 'texts', how: 'aws ... --debug 2> debug.log' }],
  ['awscurl', { shows: 'texts', how: 'awscurl -v ... 2> debug.log' }],
  ['curl', { shows: 'texts', how: 'curl -v ... 2> debug.log   # the texts in 8.14.0 to 8.20.0, the string to sign from 8.21.0 on' }],
  ['boto3', { shows: 'texts', how: "boto3.set_stream_logger('')  # before the client is made" }],
  ['botocore', { shows: 'texts', how: "logging.basicConfig(); logging.getLogger('botocore').setLevel(logging.DEBUG)" }],
  ['aws-sdk-go-v2', { shows: 'texts', how: 'config.WithClientLogMode(aws.LogSigning | aws.LogRequest)' }],
  ['aws-sdk-go', { shows: 'texts', how: 'aws.NewConfig().WithLogLevel(aws.LogDebugWithSigning)' }],
  ['aws-sdk-java-v2', { shows: 'texts', how: 'logging level DEBUG for software.amazon.awssdk.auth and software.amazon.awssdk.http.auth' }],
  ['aws-sdk-java', { shows: 'texts', how: 'logging level DEBUG for com.amazonaws.auth' }],
  [
    'aws-sdk-net',
    { shows: 'texts', how: 'AWSConfigs.LoggingConfig.LogMetrics = true; AWSConfigs.LoggingConfig.LogTo = LoggingOptions.Console;' },
  ],
  ['aws-sdk-cpp', { shows: 'texts', how: 'options.loggingOptions.logLevel = Aws::Utils::Logging::LogLevel::Debug' }],
  ['aws-sdk-rust', { shows: 'texts', how: 'RUST_LOG=aws_sigv4=trace' }],
  [
    'aws-sdk-ruby',
    { shows: 'texts', how: 'signature = signer.sign_request(...); puts signature.canonical_request, signature.string_to_sign' },
  ],
  [
    'aws4fetch',
    {
      shows: 'texts',
      how: 'const signer = new AwsV4Signer({ ... }); console.log(await signer.canonicalString(), await signer.stringToSign())',
    },
  ],
  [
    'aws4',
    {
      shows: 'texts',
      how: 'const signer = new aws4.RequestSigner(options, credentials); console.log(signer.canonicalString(), signer.stringToSign())',
    },
  ],
  [
    'aws-sdk-js-v3',
    {
      shows: 'request',
      how: "client.middlewareStack.add((next) => (args) => { console.log(args.request); return next(args) }, { step: 'finalizeRequest', priority: 'low' })",
    },
  ],
  ['aws-sdk-js', { shows: 'request', how: "request.on('send', ({ request }) => console.log(request.httpRequest))" }],
  ['aws-sdk-php', { shows: 'request', how: "new S3Client(['debug' => true, ...])" }],
  ['minio-go', { shows: 'request', how: 'client.TraceOn(os.Stderr)' }],
  ['requests-aws4auth', { shows: 'request', how: 'print(response.request.method, response.request.url, response.request.headers)' }],
  ['python', { shows: 'texts', how: 'print(repr(canonical_request)); print(repr(string_to_sign))' }],
  ['javascript', { shows: 'texts', how: 'console.log(JSON.stringify(canonicalRequest), JSON.stringify(stringToSign))' }],
  ['java', { shows: 'texts', how: 'System.out.println(canonicalRequest); System.out.println(stringToSign);' }],
  ['kotlin', { shows: 'texts', how: 'println(canonicalRequest); println(stringToSign)' }],
  ['dotnet', { shows: 'texts', how: 'Console.WriteLine(canonicalRequest); Console.WriteLine(stringToSign);' }],
  ['go', { shows: 'texts', how: 'fmt.Printf("%q\\n%q\\n", canonicalRequest, stringToSign)' }],
  ['php', { shows: 'texts', how: 'var_export($canonicalRequest); var_export($stringToSign);' }],
  ['ruby', { shows: 'texts', how: 'p canonical_request, string_to_sign' }],
  ['rust', { shows: 'texts', how: 'println!("{canonical_request:?}\\n{string_to_sign:?}");' }],
  ['swift', { shows: 'texts', how: 'debugPrint(canonicalRequest, stringToSign)' }],
  ['openssl', { shows: 'texts', how: 'printf %s "$canonical_request" | od -c; printf %s "$string_to_sign" | od -c' }],
]
