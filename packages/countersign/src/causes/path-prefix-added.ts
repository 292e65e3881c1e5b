/**
 * The path got a front after it was signed: a CloudFront origin path, the stage of an API, a proxy that maps to a folder.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html "Origin path"
 * @see https://github.com/mhart/aws4/issues/50
 * @see https://github.com/aws/aws-sdk-js/issues/1753
 */

import type { CaseFile } from '../case/index.js'
import { type SigningInputs, withPart } from '../sigv4/index.js'
import { labelOf, sidesOf } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation, Fix } from './kit/explanation.js'
import { linesOfRequest } from './kit/logged-lines.js'
import { canonicalUriOf, encodedAs, forwardedPaths, pathsSeen } from './kit/path-spelling.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, DEBUG_THE_APPLICATION, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** How many segments were put in front; 0 where it is not known. */
interface Params {
  readonly segments: number
}

const HEAD = {
  id: 'path-prefix-added',
  class: 'path.normalization',
  part: 'canonical-uri',
  narrow: true,
  plain: { segments: 0 },
  undo,
} as const

export const pathPrefixAdded = defineCause<Params>({
  ...HEAD,
  summary: 'the path got a front after it was signed: an origin path, a stage, a folder',
  schemes: 'signatures',
  refusedAt: ['signature'],
  shownBy: ({ values }) => ({ segments: Number(values['segments'] ?? 0) }),
  suspect: (file) => suspicionsOf(file, HEAD, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  if (inputs === undefined) return
  const count = segmentsOf(canonicalUriOf(inputs)).length
  const forwarded = forwardedPaths(inputs).paths
  const logged = linesOfRequest(file, inputs).map(({ path }) => encodedAs(path, inputs))
  for (let segments = 1; segments <= Math.min(4, count); segments++) {
    const without = withoutFront(canonicalUriOf(inputs), segments)
    const evidence = forwarded.includes(without)
      ? 'A proxy says in its own header'
      : logged.includes(without)
        ? 'A log of the refused request says'
        : pathsSeen(file, inputs).includes(without)
          ? 'Elsewhere it is seen'
          : ''
    yield {
      params: { segments },
      ...(evidence !== '' &&
        without !== '/' && {
          weight: logged.includes(without) ? 0.5 : 0.45,
          grounds: [`${evidence} that the path was ${without} before.`],
        }),
    }
  }
}

function segmentsOf(uri: string): string[] {
  return uri.split('/').filter((segment) => segment !== '')
}

function withoutFront(uri: string, segments: number): string {
  return `/${uri
    .split('/')
    .slice(1 + segments)
    .join('/')}`
}

function undo(inputs: SigningInputs, { segments }: Params): SigningInputs {
  const uri = canonicalUriOf(inputs)
  if (segments < 1 || uri.split('/').length <= segments) return inputs
  return withPart(inputs, 'canonical-uri', withoutFront(uri, segments))
}

function explain(match: Match<Params>): Explanation {
  const sides = sidesOf(match, undo)
  const [calculated, signed] = sides === undefined ? ['', ''] : [canonicalUriOf(sides.verifier), canonicalUriOf(sides.signer)]
  const known = match.params.segments > 0 && calculated !== signed
  const front = `/${segmentsOf(calculated).slice(0, match.params.segments).join('/')}`
  const api = sides?.verifier.scope.service === 'execute-api'
  const cloudFront: Fix = {
    title: 'remove the origin path, or sign the path with it in front (the signature is for the path the origin receives)',
    applicability: 'maybe',
    command: 'origin_path = ""',
    appliesTo: ['cloudfront'],
  }
  const stage: Fix = {
    title: 'sign the whole path of the URL that is called, with the stage name in it; behind a custom domain, the path without it',
    applicability: api ? 'exact' : 'maybe',
    command: 'aws4.sign({ host, path: new URL(url).pathname, ... })',
    appliesTo: ['api-gateway'],
  }
  return {
    what: known
      ? `the path was signed as ${signed}, and ${front} was put in front of it; the service received ${calculated}`
      : 'the path gets a front on the way, and was signed without it',
    why: 'the canonical URI is the whole path that arrives, with a stage, an origin path or a base path in front; the signer signed the part behind it only',
    labels: known ? [labelOf(match.file, 'canonical-uri', calculated, signed, `${front} was not signed`)] : [],
    fixes: [
      { title: `sign the path that arrives, ${known ? `with ${front} in front` : 'with its front'}`, applicability: 'exact' },
      ...(api ? [stage, cloudFront] : [cloudFront, stage]),
      {
        title: 'give the signer the whole URL, not the path below a base URL that the HTTP client adds',
        applicability: 'maybe',
        command: "axios({ baseURL: '', url: signed.url })",
        appliesTo: ['axios'],
      },
      {
        title: 'put no path after the upstream',
        applicability: 'maybe',
        command: 'location / { proxy_pass http://<upstream>; }   # not http://<upstream>/<folder>/',
        appliesTo: ['nginx'],
      },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      DEBUG_THE_APPLICATION,
      {
        title: 'take the front out of the URL that is sent',
        why: 'the stage or folder is then missing, and the request reaches nothing or something else',
      },
    ],
    check: `compare line 2 of the canonical request with the request line that arrives; signed with ${known ? front : 'the front'} the request passes`,
  }
}
