/**
 * Topics of spelling, as data: letters in capitals, names that stand twice, and the characters on which an outcome depends.
 * A pattern may match code, configuration, logs and sentences alike.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import type { Rule } from '../rule.js'

const SIGNER = /SignatureV4|SigV4|aws4|AWSRequest|\.sign\(|canonical/i

/** How names and values are spelled, and which of them fail. */
export const SPELLING_TOPICS: readonly Rule[] = [
  {
    id: 'signed-twice',
    about: 'header-repeated-wrongly',
    strength: 'strong',
    match: /SignedHeaders=(?:[\w-]{1,60}(?:;|%3B)){0,30}?([\w-]{1,60})(?:;|%3B)\1(?=[;,&\s"'%]|$)/i,
    message: '{1} stands twice among the signed headers; each name stands there once.',
  },
  {
    id: 'canonical-line-twice',
    about: 'header-repeated-wrongly',
    strength: 'fair',
    match: /(?:\n|\\n|`)(host|date|expect|cookie|content-(?:type|length|md5)|x-amz-[a-z-]{1,40}):[^\n\\]{0,200}(?:\n|\\n)\1:/,
    message: '{1} has two lines in what is signed; a header has one line there, with its values joined by commas.',
  },
  {
    id: 'capital-within',
    about: 'header-name-not-lower-case',
    strength: 'fair',
    match: /(?:^|[\n"'`])(x-amz-[a-z0-9-]{1,60}[A-Z][\w-]{0,20}):/,
    message: 'the name {1} holds capitals; in what is signed all names are in lower case.',
    needs: /calculated|canonical|string_?to_?sign|expected|to_sign/i,
  },
  {
    id: 'lower-case-passes',
    about: 'header-name-not-lower-case',
    strength: 'fair',
    match: /\bheaders?\b[^.\n]{0,80}\blower[- ]?case(?:d)?\b[^.\n]{0,80}\b(?:works?|pass(?:es)?|valid|fine|accepted|succeeds?)\b/i,
    message: 'the header passes with its name in lower case, as names are signed.',
  },
  {
    id: 'copy-source-raw',
    about: 'header-changed-in-transit',
    strength: 'fair',
    match:
      /\b(?:CopySource|copy_source|copyObject|copy_object|CopyObjectCommand|x-amz-copy-source|PutCopy)\b|\bcopy(?:ing)? (?:the )?object\b/i,
    message:
      'x-amz-copy-source names the object to copy, and has to be percent-encoded: letters beyond ASCII are sent in other bytes than were signed.',
    needs:
      /[\u0080-\uffff]|non-?ascii|unicode|umlauts?|accent|special char|\b(?:asian|chinese|japanese|korean|cyrillic|arabic) (?:char|letter|name)/i,
    unless: /encodeURI|quote\(|urlencode|CGI\.escape|QueryEscape|PathEscape|UrlEncode/i,
  },
  {
    id: 'letters-of-a-script',
    about: 'path.encoding',
    strength: 'fair',
    match:
      /\b(?:asian|chinese|japanese|korean|arabic|cyrillic|hebrew|thai|greek|turkish|swedish|polish) (?:characters?|letters?|names?|file ?names?|symbols?)\b/i,
    message: 'the outcome depends on letters beyond ASCII.',
  },
  {
    id: 'prefix-decides',
    about: 'query.encoding',
    strength: 'fair',
    match:
      /\b(?:other|some|certain|most) prefix(?:es)?\b[^.\n]{0,40}\b(?:works?|pass(?:es)?|fine|ok|fails?)\b|\bprefix(?:es)?(?:\(|\s(?:in|of)\s)\s{0,3}[[(]?\s{0,3}["'][^"'\n]{0,60}[~{}|^\\!*()' ]/i,
    message: 'the outcome depends on the prefix, which goes into the query.',
  },
  {
    id: 'query-raw',
    about: 'query.encoding',
    strength: 'fair',
    match: /\b(?:uri|url|target)["']?[:=]\s{0,3}["']?https?:\/\/[^\s"'?]{1,200}\?[^\s"',$]{0,200}=[^\s"',$&]{0,100}[{}|^\\`<>]/i,
    message: 'the URL that was sent holds a character in its query that the canonical query string has percent-encoded.',
  },
  {
    id: 'name-decides',
    about: 'path.encoding',
    strength: 'fair',
    match:
      /[`"'][\w./-]{1,100}[`"'][^.\n]{0,60}\b(?:uploaded|works?|pass(?:es)?|fine|ok|succeeds?)\b[^\n]{0,60}?[`"'][^`"'\n]{0,100}[+ ()!*&=@:,$~#%[\]][^`"'\n]{0,100}[`"'][^.\n]{0,40}\b(?:not|fails?|refused|403)\b/i,
    message: 'of the names shown, the one that fails holds a character that is spelled in more than one way.',
    unless: /\b(?:header|param|query)\b/i,
  },
  {
    id: 'method-in-small-letters',
    about: 'method-changed',
    strength: 'fair',
    match: /\bmethod["']?\s{0,3}[:=]\s{0,3}["'](get|put|post|delete|head)["']/,
    message: 'the method is given to the signer in small letters ("{1}"); it is sent, and has to be signed, in capitals.',
    needs: SIGNER,
    unless: /toUpperCase|\.upper\b|upcase|ToUpper/,
  },
  {
    id: 'signed-without-body',
    about: 'payload.hash',
    strength: 'strong',
    tags: ['payload-signed-as-empty'],
    match: /aws4\.sign\(\s{0,5}\{(?:(?!\bbody\b)[^}]){0,300}\}/,
    message: 'the signer is given no body and signs the hash of an empty one; the body is sent afterwards.',
    needs: /(?:PUT|POST)[\s\S]{0,3000}(?:createReadStream|\.pipe\(|\.write\()/,
    unless: /UNSIGNED-PAYLOAD|x-amz-content-sha256["'`]?\s{0,3}[\]:=,]/i,
  },
  {
    id: 'name-within-name',
    about: 'query-not-sorted',
    strength: 'fair',
    match:
      /\b(?:queryStringParameters|query|params)["']?\s{0,3}[:=]\s{0,3}\{[^}\n]{0,200}?\b(\w{1,30})["']?\s{0,3}:[^}\n]{0,200}["']\1[.-]\w|\?(?:[^\s"'&]{0,100}&)?(\w{1,30})=[^\s&"']{0,100}&\2[.-]\w{1,30}=/,
    message: 'one parameter is named like the beginning of another: sorted with its "=" it lands behind it, sorted by name before it.',
  },
  {
    id: 'server-updated',
    about: 'server-canonicalizes-wrongly',
    strength: 'fair',
    match:
      /\b(?:seaweed(?:fs)?|minio|ceph|rgw|garage|rustfs|localstack|zenko|cloudserver|s3proxy|versitygw)\b[^.\n]{0,60}\b(?:from v?\d+\.\d[\w.-]{0,10} to v?\d+\.\d|since (?:version )?v?\d+\.\d)|\b(?:updated?|upgraded?|update|upgrade) (?:of )?(?:the )?(?:\w{1,12} ){0,3}?(?:seaweed(?:fs)?|minio|ceph|rgw|garage|rustfs|localstack|s3proxy|versitygw)\b[^\n]{0,60}\bto v?\d/i,
    message: 'it depends on the version of the server, which reads the request otherwise than before.',
  },
]
