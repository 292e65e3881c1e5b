/**
 * What signing clients are known to canonicalize differently from the specification: facts, each with its source.
 *
 * "measured" in a comment: the client was run on the request targets of the public test suite and its canonical request read.
 */
import type { ClientEdit } from './client-edits.js'

/** A known defect of a client. */
export interface ClientDefect {
  /** As the evidence names the client; see evidence/client-name.ts and evidence/client-names.ts. */
  readonly clients: readonly string[]
  /** How to call it in a sentence. */
  readonly name: string
  /** What it does: goes on after the name. */
  readonly does: string
  /** The highest version in which it was seen; absent: not known. */
  readonly seenIn?: string
  /** The lowest version known to be right; absent: none is. Compared only where it is a version of what `clients` name. */
  readonly rightIn?: string
  /** What repairs it, where that is not simply a later version of the client. */
  readonly repairedBy?: string
  /** What to do meanwhile. */
  readonly meanwhile: string
  readonly source: string
  readonly edit: ClientEdit
}

const CURL = { clients: ['curl'], name: 'curl --aws-sigv4' } as const
const AWS4 = { clients: ['aws4'], name: 'aws4', seenIn: '1.13.2' } as const
const AWS4FETCH = { clients: ['aws4fetch'], name: 'aws4fetch', seenIn: '1.0.20' } as const
const SMITHY = { clients: ['aws-sdk-js-v3'], name: '@smithy/signature-v4' } as const
const SENT_SORTED = 'write the parameters in sorted order in the URL'

export const CLIENT_DEFECTS: readonly ClientDefect[] = [
  {
    ...CURL,
    does: 'signed the query in the order given, without sorting it',
    rightIn: '8.16.0',
    meanwhile: SENT_SORTED,
    source: 'https://github.com/curl/curl/issues/9717',
    edit: 'query-unsorted',
  },
  {
    ...CURL,
    does: 'signed a parameter without a value without the "=" that belongs after its name',
    rightIn: '8.16.0',
    meanwhile: 'write "=" after the name in the URL: ?versioning=',
    source: 'https://github.com/curl/curl/issues/8107',
    edit: 'query-valueless',
  },
  {
    ...CURL,
    does: 'signed "*" in a path as it is, where "%2A" belongs',
    meanwhile: 'write %2A in the URL',
    source: 'https://github.com/curl/curl/issues/7559',
    edit: 'path-star-raw',
  },
  {
    ...CURL,
    does: 'signed "=" in a path of S3 as it is, where "%3D" belongs',
    seenIn: '8.8.0',
    meanwhile: 'write %3D in the URL',
    source: 'https://github.com/curl/curl/issues/13754',
    edit: 'path-equals-raw',
  },
  {
    ...CURL,
    does: 'signed the path encoded once for a service that takes it encoded twice',
    rightIn: '8.16.0',
    meanwhile: 'keep characters that need escapes out of the path',
    source: 'https://github.com/curl/curl/issues/16927',
    edit: 'path-as-sent',
  },
  {
    ...CURL,
    does: 'signed "%2B" in a query as a space',
    seenIn: '8.16.0',
    rightIn: '8.19.0',
    meanwhile: 'keep "+" out of the query',
    source: 'https://github.com/curl/curl/pull/20550',
    edit: 'query-plus-as-space',
  },
  {
    ...SMITHY,
    does: 'sorted the query before it encoded it',
    repairedBy: '@smithy/signature-v4 4.1.4',
    meanwhile: 'keep characters that are encoded ("[", "]") out of parameter names',
    source: 'https://github.com/smithy-lang/smithy-typescript/pull/1404',
    edit: 'query-sorted-decoded',
  },
  {
    ...SMITHY,
    does: "signed !'()* in a path as they are",
    meanwhile: "keep !'()* out of the path",
    source: 'https://github.com/smithy-lang/smithy-typescript/issues/1224',
    edit: 'path-signs-raw',
  },
  {
    clients: ['aws-sdk-go-v2'],
    name: 'aws-sdk-go-v2',
    does: 'sorted the query before it encoded it',
    meanwhile: 'keep characters outside ASCII and "[", "]" out of parameter names',
    source: 'https://github.com/aws/aws-sdk-go-v2/issues/2969',
    edit: 'query-sorted-decoded',
  },
  {
    clients: ['aws-sdk-php'],
    name: 'aws-sdk-php',
    does: 'sorted the query before it encoded it',
    repairedBy: 'the release after 29 December 2025',
    meanwhile: 'keep characters that are encoded out of parameter names',
    source: 'https://github.com/aws/aws-sdk-php/issues/3132',
    edit: 'query-sorted-decoded',
  },
  {
    clients: ['requests-aws4auth'],
    name: 'requests-aws4auth',
    does: 'sorted "name=value" texts, so that "id-type" came before "id"',
    meanwhile: 'sign with botocore.auth.SigV4Auth',
    source: 'https://github.com/tedder/requests-aws4auth/issues/45',
    edit: 'query-sorted-as-text',
  },
  {
    clients: ['rust-s3'],
    name: 'rust-s3',
    does: 'sorted "name=value" texts, so that a name came after a longer one that begins with it',
    seenIn: '0.26.4',
    meanwhile: 'name parameters so that none begins with the name of another',
    source: 'https://github.com/durch/rust-s3/issues/204',
    edit: 'query-sorted-as-text',
  },
  {
    clients: ['aws-sdk-rust'],
    name: 'aws-sigv4 (Rust)',
    does: 'signed "+" in a query as a space, where the service calculates with "%2B"',
    meanwhile: 'write %2B in the URL',
    source: 'https://github.com/smithy-lang/smithy-rs/issues/4227',
    edit: 'query-plus-as-space',
  },
  // Measured: aws4 1.13.2 and aws4fetch 1.0.20, service s3.
  {
    ...AWS4,
    does: 'decoded the path before it split it, so that "%2F" became "/" and "+" a space',
    meanwhile: 'keep "%2F", "%2B" and "+" out of keys, or sign with @smithy/signature-v4',
    source: 'https://github.com/mhart/aws4/issues/115',
    edit: 'path-decoded-first',
  },
  {
    ...AWS4,
    does: 'signed only the first of several parameters of one name for S3',
    meanwhile: 'give each parameter once',
    source: 'https://github.com/mhart/aws4',
    edit: 'query-first-of-repeated',
  },
  {
    ...AWS4,
    does: 'left a parameter with an empty name out of the query it signed',
    meanwhile: 'give each parameter a name',
    source: 'https://github.com/mhart/aws4',
    edit: 'query-empty-name-dropped',
  },
  {
    ...AWS4FETCH,
    does: 'decoded the path before it split it, so that "%2F" became "/" and "+" a space',
    meanwhile: 'keep "%2F", "%2B" and "+" out of keys, or sign with @smithy/signature-v4',
    source: 'https://github.com/mhart/aws4fetch',
    edit: 'path-decoded-first',
  },
  {
    ...AWS4FETCH,
    does: 'signed only the first of several parameters of one name for S3',
    meanwhile: 'give each parameter once',
    source: 'https://github.com/mhart/aws4fetch',
    edit: 'query-first-of-repeated',
  },
  {
    ...AWS4FETCH,
    does: 'joined the values of a repeated header with a comma and a space',
    meanwhile: 'give each header once, its values joined by a comma',
    source: 'https://github.com/mhart/aws4fetch',
    edit: 'header-values-joined-with-blank',
  },
  // Measured: botocore 1.43.11, ruby aws-sigv4 1.5.1, aws-crt 1.33.2 and @smithy/signature-v4 5.7.5.
  {
    clients: ['botocore', 'boto3', 'aws-cli'],
    name: 'botocore',
    does: 'signed the query as the URL spells it, "+" and lower-case escapes included',
    meanwhile: 'give the URL in canonical spelling: %20 for a space, escapes in upper case',
    source: 'https://github.com/boto/botocore',
    edit: 'query-verbatim',
  },
  {
    clients: ['aws-sdk-ruby'],
    name: 'aws-sigv4 (Ruby)',
    does: 'signed the query as the URL spells it, "+" and lower-case escapes included',
    meanwhile: 'give the URL in canonical spelling: %20 for a space, escapes in upper case',
    source: 'https://github.com/aws/aws-sdk-ruby',
    edit: 'query-verbatim',
  },
  {
    clients: ['aws-sdk-js-v3', 'aws-crt'],
    name: 'the AWS SDK for JavaScript v3',
    does: 'signed "+" in a query as a plus, "%2B"',
    meanwhile: 'write %20 for a space in the URL, and %2B for a plus',
    source: 'https://github.com/smithy-lang/smithy-typescript',
    edit: 'query-plus-literal',
  },
  // Measured: aws-sdk-go-v2 v4 signer 1.17.1, ruby aws-sigv4 1.5.1 without the CRT, curl 8.16.0 (double slashes only).
  {
    clients: ['aws-sdk-go-v2', 'aws-sdk-go'],
    name: 'the AWS SDK for Go',
    does: 'signed the path without removing "//" and dot segments',
    meanwhile: 'send a path without "//", "/./" and "/../"',
    source: 'https://github.com/aws/aws-sdk-go-v2',
    edit: 'path-not-normalized',
  },
  {
    clients: ['aws-sdk-ruby'],
    name: 'aws-sigv4 (Ruby)',
    does: 'signed the path without removing "//" and dot segments',
    meanwhile: 'send a path without "//", "/./" and "/../"',
    source: 'https://github.com/aws/aws-sdk-ruby',
    edit: 'path-not-normalized',
  },
  {
    ...CURL,
    does: 'signed the path without making "//" one slash',
    seenIn: '8.16.0',
    meanwhile: 'send a path without "//"',
    source: 'https://github.com/curl/curl',
    edit: 'path-not-normalized',
  },
  // Read in the source: s3cmd trims the ends of a value only, the Rust signer folds no tabs.
  {
    clients: ['s3cmd'],
    name: 's3cmd',
    does: 'left runs of spaces inside header values as they are',
    meanwhile: 'send header values without repeated spaces',
    source: 'https://github.com/s3tools/s3cmd',
    edit: 'header-inner-blanks-kept',
  },
  {
    clients: ['aws-sdk-php'],
    name: 'aws-sdk-php',
    does: 'sorted the values of a repeated header',
    meanwhile: 'give each header once, its values joined by a comma',
    source: 'https://github.com/aws/aws-sdk-php',
    edit: 'header-values-sorted',
  },
]

/** Whether a version may have a defect: "no" only where it is known to be right. */
export function mayHave(defect: ClientDefect, version: string): 'yes' | 'perhaps' | 'no' {
  const given = numbersOf(version)
  if (given === undefined) return 'perhaps'
  const [seenIn, rightIn] = [numbersOf(defect.seenIn ?? ''), numbersOf(defect.rightIn ?? '')]
  if (rightIn !== undefined && compared(given, rightIn) >= 0) return 'no'
  if (seenIn !== undefined && compared(given, seenIn) <= 0) return 'yes'
  return seenIn === undefined && rightIn === undefined && defect.repairedBy === undefined ? 'yes' : 'perhaps'
}

function numbersOf(version: string): number[] | undefined {
  const found = /^v?(\d{1,6}(?:\.\d{1,6}){0,3})/.exec(version)
  return found === null ? undefined : found[1]!.split('.').map(Number)
}

function compared(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
