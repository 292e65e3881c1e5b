// The clients: how each is started, which services it can be pointed at, what it is known to do otherwise than AWS says.
//
// `differs` lists what a client is rightly refused for, or refuses by itself (`cause` undefined): a pattern for the line
// that it prints, the cause that the operator is told, and why. Each must be seen, and nothing else may be refused.
// `recovers` lists faults after which it signs again by itself and succeeds.

import { join } from 'node:path'
import { CACHE, PROGRAMS } from './install.mjs'

const PYTHON = join(CACHE, 'py/bin/python')
const node = (name) => [process.execPath, '--no-warnings', join(PROGRAMS, name, 'client.mjs')]
const python = (name) => [PYTHON, join(PROGRAMS, name, 'client.py')]
const shell = (name) => ['bash', join(PROGRAMS, name, 'client.sh')]
const npmVersion = (name) => [process.execPath, '-p', `require('${join(PROGRAMS, 'node_modules', name, 'package.json')}').version`]
const pipVersion = (name) => [PYTHON, '-c', `from importlib.metadata import version; print(version('${name}'))`]
// biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own notation
const debianVersion = (name) => ['dpkg-query', '-W', '-f', '${Version}', name]
const goVersion = (name) => ['go', '-C', join(PROGRAMS, 'go'), 'list', '-m', '-mod=mod', '-f', '{{.Version}}', name]

const FIRST_OF_REPEATED = {
  line: /^queries\ts3 \?a=[12]&a=1/,
  cause: 'query-parameter-added',
  why: 'for S3 it signs the first of a repeated parameter only, and sends all',
}
const PLUS = { line: /^queries\t\S+ \?q=a\+b/, cause: 'query-plus-and-space-confused' }

export const CLIENTS = [
  {
    name: 'aws-sdk-js-v3',
    title: 'AWS SDK for JavaScript v3',
    needs: 'npm',
    quick: true,
    command: node('aws-sdk-js-v3'),
    version: npmVersion('@aws-sdk/client-s3'),
    services: ['s3', 'sts', 'dynamodb'],
  },
  {
    name: 'aws-sdk-js-v2',
    title: 'AWS SDK for JavaScript v2',
    needs: 'npm',
    quick: true,
    command: node('aws-sdk-js-v2'),
    version: npmVersion('aws-sdk'),
    services: ['s3', 'sts', 'dynamodb'],
  },
  {
    name: 'minio-js',
    title: 'minio-js',
    needs: 'npm',
    quick: true,
    command: node('minio-js'),
    version: npmVersion('minio'),
    services: ['s3'],
  },
  {
    name: 'aws4',
    title: 'aws4',
    needs: 'npm',
    quick: true,
    command: node('aws4'),
    version: npmVersion('aws4'),
    services: ['s3', 'sts', 'execute-api'],
    differs: [FIRST_OF_REPEATED],
  },
  {
    name: 'aws4fetch',
    title: 'aws4fetch',
    needs: 'npm',
    quick: true,
    command: node('aws4fetch'),
    version: npmVersion('aws4fetch'),
    services: ['s3', 'sts', 'execute-api'],
    differs: [FIRST_OF_REPEATED],
  },
  {
    name: 'aws-crt',
    title: 'AWS CRT for Node',
    needs: 'npm',
    quick: true,
    command: node('aws-crt'),
    version: npmVersion('aws-crt'),
    services: ['s3', 'sts', 'execute-api'],
    differs: [{ ...PLUS, why: 'it reads a + of the query as a plus where AWS reads a space' }],
  },
  {
    name: 'boto3',
    title: 'boto3',
    needs: 'python',
    quick: true,
    command: python('boto3'),
    version: pipVersion('boto3'),
    services: ['s3', 'sts', 'dynamodb'],
    recovers: ['wrong region'],
  },
  {
    name: 'botocore',
    title: 'botocore, the signer alone',
    needs: 'python',
    quick: true,
    command: python('botocore'),
    version: pipVersion('botocore'),
    services: ['s3', 'sts', 'execute-api'],
    differs: [
      { ...PLUS, why: 'it signs the query of a URL as it is given; the caller has to encode it as AWS does' },
      {
        line: /^queries\t\S+ \?q=(?:x=y|\(1\)|\/a\/b|:@)/,
        cause: 'query-encoded-differently',
        why: "the same: =, (, ), *, !, ', /, : and @ of a value are signed raw",
      },
    ],
  },
  {
    name: 'aws-cli',
    title: 'AWS CLI v1',
    needs: 'python',
    quick: true,
    slow: true,
    command: shell('aws-cli'),
    version: pipVersion('awscli'),
    services: ['s3', 'sts', 'dynamodb'],
    recovers: ['wrong region'],
  },
  {
    name: 'curl',
    title: 'curl --aws-sigv4',
    needs: 'debian',
    quick: true,
    command: shell('curl'),
    version: debianVersion('curl'),
    services: ['s3', 'sts', 'execute-api'],
    keepsNewline: undefined,
    differs: [
      { line: /^queries\t\S+ \?valueless/, cause: 'query-equals-missing', why: '7.88 signs a parameter without a value without its =' },
      { line: /^queries\t\S+ \?(?:b=2&a=1|a=2&a=1|Zed)/, cause: 'query-not-sorted', why: '7.88 does not sort the query' },
      { ...PLUS, why: '7.88 signs a + of the query raw' },
      { line: /^queries\t\S+ \?q=(?:x=y|\(1\)|\/a\/b|:@)/, cause: 'query-encoded-differently', why: '7.88 signs the query as it is given' },
    ],
  },
  {
    name: 's3cmd',
    title: 's3cmd',
    needs: 'debian',
    quick: true,
    slow: true,
    command: shell('s3cmd'),
    version: debianVersion('s3cmd'),
    services: ['s3'],
    recovers: ['wrong region'],
    keepsNewline: undefined,
  },
  {
    name: 'rclone',
    title: 'rclone',
    needs: 'debian',
    quick: true,
    slow: true,
    command: shell('rclone'),
    version: debianVersion('rclone'),
    services: ['s3'],
    differs: [{ line: /^keys\tdots\//, why: 'it takes .. for the folder above and asks for another key' }],
    go: true,
  },
  {
    name: 'restic',
    title: 'restic',
    needs: 'debian',
    quick: true,
    command: shell('restic'),
    version: debianVersion('restic'),
    services: ['s3'],
    go: true,
  },
  {
    name: 's3fs',
    title: 's3fs',
    needs: 'debian-more',
    command: shell('s3fs'),
    version: debianVersion('s3fs'),
    services: ['s3'],
    keepsNewline: undefined,
  },
  {
    name: 'ruby',
    title: 'AWS SDK for Ruby 3',
    needs: 'debian-more',
    command: ['ruby', join(PROGRAMS, 'ruby/client.rb')],
    version: debianVersion('ruby-aws-sdk-s3'),
    services: ['s3', 'sts'],
  },
  {
    name: 'php',
    title: 'async-aws (PHP)',
    needs: 'debian-more',
    command: ['php', join(PROGRAMS, 'php/client.php')],
    version: debianVersion('php-async-aws-core'),
    services: ['execute-api', 'sts'],
    differs: [
      {
        line: /^keys\t(?:double\/\/slash|dots\/)/,
        cause: 'path-normalized',
        why: 'it does not resolve // and .. in the path of a service that is not S3',
      },
    ],
  },
  {
    name: 'perl',
    title: 'Net::Amazon::S3, Net::Amazon::Signature::V4',
    needs: 'debian-more',
    command: ['perl', join(PROGRAMS, 'perl/client.pl')],
    version: debianVersion('libnet-amazon-signature-v4-perl'),
    services: ['s3', 'sts', 'execute-api'],
    differs: [
      {
        line: /^queries\t\S+ \?q=x=y/,
        cause: ['query-changed-in-transit', 'secret-mismatch'],
        why: 'Net::Amazon::Signature::V4 signs the value up to its first =',
      },
    ],
  },
  {
    name: 'gdal',
    title: 'GDAL /vsis3',
    needs: 'debian-more',
    slow: true,
    command: shell('gdal'),
    version: debianVersion('gdal-bin'),
    services: ['s3'],
    recovers: ['wrong region'],
    differs: [
      {
        line: /^keys\tdots\//,
        cause: ['secret-mismatch', 'path-normalized', 'unexplained'],
        why: 'libcurl resolves .. before it sends, and GDAL signed the path with it',
      },
    ],
  },
  {
    name: 'go-sdk-v1',
    title: 'AWS SDK for Go v1',
    needs: 'go',
    command: [join(CACHE, 'bin/sdk-v1')],
    version: goVersion('github.com/aws/aws-sdk-go'),
    services: ['s3', 'sts', 'dynamodb'],
    go: true,
  },
  {
    name: 'go-sdk-v2',
    title: 'AWS SDK for Go v2',
    needs: 'go',
    command: [join(CACHE, 'bin/sdk-v2')],
    version: goVersion('github.com/aws/aws-sdk-go-v2'),
    services: ['s3', 'sts', 'dynamodb'],
    go: true,
  },
  {
    name: 'minio-go',
    title: 'minio-go',
    needs: 'go',
    command: [join(CACHE, 'bin/minio')],
    version: goVersion('github.com/minio/minio-go/v7'),
    services: ['s3'],
    go: true,
  },
  {
    name: 'java',
    title: 'AWS SDK for Java 2',
    needs: 'java',
    command: ['java', '-cp', `${join(PROGRAMS, 'java/target/interop-1.jar')}:${join(PROGRAMS, 'java/jars')}/*`, 'Client'],
    version: ['sh', '-c', `ls ${join(PROGRAMS, 'java/jars')} | sed -n 's/^s3-\\(.*\\)\\.jar/\\1/p'`],
    services: ['s3', 'sts', 'dynamodb'],
    keepsNewline: false,
  },
  {
    name: 'rust',
    title: 'aws-sigv4 (Rust)',
    needs: 'rust',
    command: [join(CACHE, 'rust-target/debug/rust-aws-sigv4')],
    version: ['sh', '-c', `sed -n '/^name = "aws-sigv4"/{n;s/version = "\\(.*\\)"/\\1/p}' ${join(PROGRAMS, 'rust/Cargo.lock')}`],
    services: ['s3', 'sts', 'execute-api'],
  },
]
