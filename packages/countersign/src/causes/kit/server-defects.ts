/**
 * What verifiers other than AWS's are known to do to requests that are signed right: facts, each with its source.
 * @see ../../../../docs/causes/server-known-defect.md
 */
import type { Subject } from '../../catalog/index.js'
import { headerLines, headerValue, type SigningInputs, splitTarget, withHeaderLines } from '../../sigv4/index.js'

/** What of a request makes a defect matter. */
export type ServerTrigger = keyof typeof TRIGGERS

/** A known defect of a server. */
export interface ServerDefect {
  readonly service: Subject
  /** How to call it in a sentence. */
  readonly name: string
  /** Hosts under which it answers. */
  readonly host?: RegExp
  /** What its responses say in the Server header. */
  readonly header?: RegExp
  /** What it does: goes on after the name. */
  readonly does: string
  readonly trigger: ServerTrigger
  /** What to do where the server cannot be changed, and a command. */
  readonly meanwhile: string
  readonly command?: string
  readonly source: string
  /** Whether its own quoted text shows what it did, so that it can be undone. */
  readonly undo?: 'accept-encoding-appended'
}

const NO_TRAILER = {
  does: 'did not know the body form STREAMING-UNSIGNED-PAYLOAD-TRAILER, which SDKs send by default since January 2025, in older versions',
  trigger: 'unsigned-trailer',
  meanwhile: 'have the client send a plain body',
  command: 'AWS_REQUEST_CHECKSUM_CALCULATION=when_required AWS_RESPONSE_CHECKSUM_VALIDATION=when_required <command>',
} as const

export const SERVER_DEFECTS: readonly ServerDefect[] = [
  {
    service: 'gcs',
    name: 'Google Cloud Storage',
    host: /(?:^|\.)storage(?:-[a-z0-9-]{1,40})?\.googleapis\.com$/,
    header: /^UploadServer/,
    does: 'appends "gzip(gfe)" to accept-encoding in front of its verifier',
    trigger: 'accept-encoding-signed',
    meanwhile: 'leave accept-encoding out of the signed headers: take it off before signing, and put it back after',
    source: 'https://github.com/aws/aws-sdk-go-v2/issues/1816',
    undo: 'accept-encoding-appended',
  },
  {
    service: 'supabase',
    name: 'Supabase Storage behind Cloudflare',
    host: /\.supabase\.co$/,
    does: 'verified accept-encoding as Cloudflare had rewritten it, in older versions',
    trigger: 'accept-encoding-signed',
    meanwhile: 'leave accept-encoding out of the signed headers',
    source: 'https://github.com/supabase/storage/pull/729',
  },
  {
    service: 'versitygw',
    name: 'versitygw',
    header: /^VERSITYGW/i,
    does: 'made "//" in a path one slash before it calculated (reported of 1.7.0)',
    trigger: 'double-slash',
    meanwhile: 'use keys without a leading slash and without "//"',
    source: 'https://github.com/versity/versitygw/issues/2274',
  },
  {
    service: 'scality',
    name: 'Scality CloudServer',
    header: /^S3 Server/i,
    does: 'calculates with an empty value for a parameter that is given more than once',
    trigger: 'repeated-parameter',
    meanwhile: 'give each parameter once',
    source: 'https://github.com/scality/Arsenal',
  },
  {
    service: 'ceph',
    name: 'Ceph RADOS Gateway',
    header: /^Ceph Object Gateway/i,
    does: 'took headers that begin with "x-amz" without a hyphen for its own',
    trigger: 'amz-header-without-hyphen',
    meanwhile: 'give such headers other names',
    source: 'https://github.com/ceph/ceph/pull/53525',
  },
  {
    service: 'seaweedfs',
    name: 'SeaweedFS',
    header: /^SeaweedFS/i,
    source: 'https://github.com/seaweedfs/seaweedfs/issues/6517',
    ...NO_TRAILER,
  },
  {
    service: 'scality',
    name: 'Scality CloudServer',
    header: /^S3 Server/i,
    source: 'https://github.com/scality/cloudserver/issues/5757',
    ...NO_TRAILER,
  },
  {
    service: 'storj',
    name: 'Storj',
    host: /(?:^|\.)gateway(?:\.[a-z0-9]{1,10})?\.storjshare\.io$/,
    source: 'https://github.com/storj/gateway-st/issues/89',
    ...NO_TRAILER,
  },
]

const TRIGGERS = {
  'accept-encoding-signed': (inputs: SigningInputs) => headerLines(inputs).some(([name]) => name === 'accept-encoding'),
  'double-slash': ({ request }: SigningInputs) => request !== undefined && splitTarget(request.target).path.includes('//'),
  'repeated-parameter': ({ request }: SigningInputs) => {
    const pieces = request === undefined ? [] : (splitTarget(request.target).query ?? '').split('&')
    const names = pieces.map((piece) => piece.split('=', 1)[0]!).filter((name) => name !== '')
    return new Set(names).size < names.length
  },
  'amz-header-without-hyphen': (inputs: SigningInputs) => inputs.request?.headers.some(([name]) => /^x-amz[^-]/i.test(name)) === true,
  'unsigned-trailer': (inputs: SigningInputs) =>
    inputs.payloadHash === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' ||
    (inputs.request !== undefined && headerValue(inputs.request, 'x-amz-content-sha256') === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'),
} as const

/** Whether a request gives a defect occasion. */
export function triggers(inputs: SigningInputs, trigger: ServerTrigger): boolean {
  return TRIGGERS[trigger](inputs)
}

/** The inputs as they were before the server's front end changed them, where its own text shows the change. */
export function withoutServerChange(inputs: SigningInputs, defect: ServerDefect): SigningInputs {
  if (defect.undo === undefined) return inputs
  return withHeaderLines(
    inputs,
    headerLines(inputs).map(([name, value]) => [name, name === 'accept-encoding' ? value.replace(/,\s?gzip\(gfe\)$/, '') : value] as const),
  )
}
