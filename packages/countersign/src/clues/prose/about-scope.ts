/** What people say of versions of the signature, regions, services, and of clients and servers that pass. */
import { twins } from '../rule.js'
import { either, pattern, words } from './pattern.js'
import type { ProseRule } from './prose-rule.js'
import { CLIENT, FAILS, NOT_SIGNING_NAME, REGION, STORE, WORKS } from './words.js'

const V4 = words`sig(?:nature)?[- ]?(?:v|version) ?4 | sigv4 | v4 | AWS4-HMAC-SHA256`

export const ABOUT_VERSION: readonly ProseRule[] = [
  {
    id: 'other-version',
    about: 'algorithm.version',
    where: 'any sentence',
    match: pattern`
      sig(?:nature)?[- ]?(?:v|version) ?[23] | sigv[23] | v2 (?:sign|auth)\w* | s3v2 | AWS2 | version 2 sign\w*
        | old signature (?:version|method) | HMAC-?SHA1
      || (?:only (?:supports?|accepts?|allows?)|requires?|must use|supports? only) (?:the )?${V4}`,
    shown: /AWSAccessKeyId[^\n]{0,600}?x-amz-signature/i,
    unless: /\b(?:already|is|are|am) (?:using|set to|on) (?:sig(?:nature)?[- ]?(?:v|version) ?4|sigv4|s3v4)|<Error>/i,
    message: 'The client and the service may use different signature versions.',
    fires: ['The new regions only support signature version 4.', 'f("AWSAccessKeyId", id); f("signature", p["x-amz-signature"])'],
    silent: ['The new regions only support smaller disks.', 'f("X-Amz-Credential", id); f("x-amz-signature", s)'],
  },
  {
    id: 'many-regions',
    about: 'algorithm-sigv4a-required',
    where: 'anywhere',
    match: /cloudfront-?key-?value-?store|\baccesspoint\.s3-global\b|\bmulti-?region access points?\b/i,
    unless: /sigv4a\b|signature-v4a|signature-v4-crt|ECDSA/i,
    message: 'The service spans regions and accepts only AWS4-ECDSA-P256-SHA256 (SigV4A), which SDKs support through an extra package.',
    ...twins('import { GetKeyCommand } from "@aws-sdk/client-cloudfront«-keyvaluestore → »"'),
  },
  {
    id: 'signing-name',
    about: 'service-mismatch',
    match: pattern`
      signing ?names? | service ?names? | service code | endpoint ?prefix ~ wrong | should | instead | differ\w* | not | must | scope
      || (?:wrong|different|another|which) (?:signing|service) ?(?:service|name) | iot[- ]?data | opensearch serverless | s3express
        | vpc-lattice`,
    shown: either(
      pattern`service(?:_?name)?["']?\s{0,3}(?:[:=]|=>)\s{0,3}[:"']${NOT_SIGNING_NAME}["'\s,]`,
      // aws4fetch tells the service from hosts of AWS, and from few others.
      /new AwsClient\(\{(?![^}]{0,400}\bservice)(?=[\s\S]{0,2000}(?:digitaloceanspaces|backblazeb2|wasabisys|scw\.cloud|aliyuncs|myqcloud))/,
    ),
    message: 'The name of a client or an endpoint is not always the name that the request is signed for.',
    ...twins('The «service → file» name is wrong in the «scope → list».', "aws4.sign({ service: '«elasticsearch → es»', host })"),
  },
]

export const ABOUT_REGION: readonly ProseRule[] = [
  {
    id: 'region',
    about: 'scope.region',
    match: pattern`
      (?:different|other|another|wrong|new|outside|not in|non-default|certain|some|newer) (?:aws )?regions?
      || ${REGION} ~40 ${WORKS} | ${FAILS} | only | instead | other than
      || (?:no|without an?y?|empty|missing|default|unset|set(?:ting)?(?: the| a)?|specif\w*(?: the| a)?|chang\w*(?: the)?|switch\w*(?: the)?) (?:aws |signing |correct )?region(?!\w)
      || region (?:is |was )?(?:not set|empty|missing|unset|ignored|hard-?coded|defaults? to) | AWS_(?:DEFAULT_)?REGION`,
    unless:
      /\bregions? (?:is|was|are|match) ?(?:correct|right|the same|set correctly)?$|\bsame region\b|\bregion (?:is|was) (?:correct|right)/i,
    message: 'The outcome depends on the region, which is part of the credential scope.',
    fires: ['It works in us-east-1 and nowhere else.', 'The bucket is in another region, and it fails.'],
    silent: ['The bucket is in the same region, and it fails.', 'It works in the cluster and nowhere else.'],
  },
]

export const ABOUT_OTHERS: readonly ProseRule[] = [
  {
    id: 'server-differs',
    about: 'server.bug',
    names: true,
    match: pattern`
      minio | ceph | rgw | garage | rustfs | localstack | seaweed(?:fs)? | s3proxy | versitygw
        > (?:from|since|to) (?:version )?v?\d+\.\d\S*
      || ${STORE} ~80 (?:aws|amazon(?: s3)?|real s3|s3 itself)[^\n]{0,40}?${WORKS}
      || ${STORE} ~80 ${WORKS}[^\n]{0,40}?(?:aws|amazon(?: s3)?|real s3|s3 itself)`,
    unless: /\bsdk|\bboto|\baws-?cli/i,
    message: 'The outcome depends on the server or its version, which may read the request differently than AWS does.',
    ...twins(
      'Our MinIO «refuses what → and» AWS itself «accepts: on AWS it works → refuse it».',
      'We updated «Ceph → the disk» from 18.1 to 18.2, and it fails.',
    ),
  },
  {
    id: 'documented-example',
    about: 'key.derivation',
    tags: ['signing-key-of-another-scope'],
    strength: 'weak',
    where: 'any sentence',
    match: pattern`
      documentation | docs | example | sample | tutorial | test suite | test vectors? >80 should be | gives? | shows? | says?
        | differ\w* | another value | does(?:n't| not) match | expected`,
    unless: /canonical|\bfollow\w* the (?:docs|documentation|example)/i,
    message: 'A documented value does not come out, so one step of the calculation differs.',
    fires: ['The documentation gives another value for this key.'],
    silent: ['I follow the documentation, it shows this.', 'The log gives another value for this key.'],
  },
  {
    id: 'other-client-passes',
    about: 'client.bug',
    strength: 'weak',
    match: pattern`${WORKS} (?:with|in|using|from|through) (?:the )?${CLIENT} || ${CLIENT} > ${WORKS}`,
    unless: /\bsince\b|\bupgrad|\bupdat|\bdowngrad|\bpresign/i,
    message: 'Another client passes with the same credentials, so the secret access key is right and the client differs.',
    ...twins('It «works → fails» with curl,« →  and» our own client is refused.'),
  },
]
