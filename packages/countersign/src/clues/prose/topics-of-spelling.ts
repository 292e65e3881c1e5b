/**
 * Topics of spelling, as data: letters in capitals, names that stand twice, and the characters on which an outcome depends.
 * A pattern may match code, configuration, logs and sentences alike.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { type HintRule, hintRule as rule } from '../rule.js'

const SIGNER = /SignatureV4|SigV4|aws4|AWSRequest|\.sign\(|canonical/i

/** How names and values are spelled, and which of them fail. */
export const SPELLING_TOPICS: readonly HintRule[] = [
  rule(
    'signed-twice',
    'header-repeated-wrongly',
    0.8,
    /SignedHeaders=(?:[\w-]{1,60}(?:;|%3B)){0,30}?([\w-]{1,60})(?:;|%3B)\1(?=[;,&\s"'%]|$)/i,
    '{1} stands twice among the signed headers; each name stands there once.',
  ),
  rule(
    'canonical-line-twice',
    'header-repeated-wrongly',
    0.6,
    /(?:\n|\\n|`)(host|date|expect|cookie|content-(?:type|length|md5)|x-amz-[a-z-]{1,40}):[^\n\\]{0,200}(?:\n|\\n)\1:/,
    '{1} has two lines in what is signed; a header has one line there, with its values joined by commas.',
  ),
  rule(
    'capital-within',
    'header-name-not-lower-case',
    0.56,
    /(?:^|[\n"'`])(x-amz-[a-z0-9-]{1,60}[A-Z][\w-]{0,20}):/,
    'the name {1} holds capitals; in what is signed all names are in lower case.',
    { needs: /calculated|canonical|string_?to_?sign|expected|to_sign/i },
  ),
  rule(
    'lower-case-passes',
    'header-name-not-lower-case',
    0.6,
    /\bheaders?\b[^.\n]{0,80}\blower[- ]?case(?:d)?\b[^.\n]{0,80}\b(?:works?|pass(?:es)?|valid|fine|accepted|succeeds?)\b/i,
    'the header passes with its name in lower case, as names are signed.',
  ),
  rule(
    'copy-source-raw',
    'header-changed-in-transit',
    0.56,
    /\b(?:CopySource|copy_source|copyObject|copy_object|CopyObjectCommand|x-amz-copy-source|PutCopy)\b|\bcopy(?:ing)? (?:the )?object\b/i,
    'x-amz-copy-source names the object to copy, and has to be percent-encoded: letters beyond ASCII are sent in other bytes than were signed.',
    {
      needs:
        /[\u0080-\uffff]|non-?ascii|unicode|umlauts?|accent|special char|\b(?:asian|chinese|japanese|korean|cyrillic|arabic) (?:char|letter|name)/i,
      unless: /encodeURI|quote\(|urlencode|CGI\.escape|QueryEscape|PathEscape|UrlEncode/i,
    },
  ),
  rule(
    'letters-of-a-script',
    'path.encoding',
    0.42,
    /\b(?:asian|chinese|japanese|korean|arabic|cyrillic|hebrew|thai|greek|turkish|swedish|polish) (?:characters?|letters?|names?|file ?names?|symbols?)\b/i,
    'the outcome depends on letters beyond ASCII.',
  ),
  rule(
    'prefix-decides',
    'query.encoding',
    0.52,
    /\b(?:other|some|certain|most) prefix(?:es)?\b[^.\n]{0,40}\b(?:works?|pass(?:es)?|fine|ok|fails?)\b|\bprefix(?:es)?(?:\(|\s(?:in|of)\s)\s{0,3}[[(]?\s{0,3}["'][^"'\n]{0,60}[~{}|^\\!*()' ]/i,
    'the outcome depends on the prefix, which goes into the query.',
  ),
  rule(
    'query-raw',
    'query.encoding',
    0.5,
    /\b(?:uri|url|target)["']?[:=]\s{0,3}["']?https?:\/\/[^\s"'?]{1,200}\?[^\s"',$]{0,200}=[^\s"',$&]{0,100}[{}|^\\`<>]/i,
    'the URL that was sent holds a character in its query that the canonical query string has percent-encoded.',
  ),
  rule(
    'name-decides',
    'path.encoding',
    0.5,
    /[`"'][\w./-]{1,100}[`"'][^.\n]{0,60}\b(?:uploaded|works?|pass(?:es)?|fine|ok|succeeds?)\b[^\n]{0,60}?[`"'][^`"'\n]{0,100}[+ ()!*&=@:,$~#%[\]][^`"'\n]{0,100}[`"'][^.\n]{0,40}\b(?:not|fails?|refused|403)\b/i,
    'of the names shown, the one that fails holds a character that is spelled in more than one way.',
    { unless: /\b(?:header|param|query)\b/i },
  ),
  rule(
    'method-in-small-letters',
    'method-changed',
    0.55,
    /\bmethod["']?\s{0,3}[:=]\s{0,3}["'](get|put|post|delete|head)["']/,
    'the method is given to the signer in small letters ("{1}"); it is sent, and has to be signed, in capitals.',
    { needs: SIGNER, unless: /toUpperCase|\.upper\b|upcase|ToUpper/ },
  ),
  rule(
    'signed-without-body',
    'payload.hash',
    0.64,
    /aws4\.sign\(\s{0,5}\{(?:(?!\bbody\b)[^}]){0,300}\}/,
    'the signer is given no body and signs the hash of an empty one; the body is sent afterwards.',
    {
      needs: /(?:PUT|POST)[\s\S]{0,3000}(?:createReadStream|\.pipe\(|\.write\()/,
      unless: /UNSIGNED-PAYLOAD|x-amz-content-sha256["'`]?\s{0,3}[\]:=,]/i,
    },
  ),
  rule(
    'name-within-name',
    'query-not-sorted',
    0.52,
    /\b(?:queryStringParameters|query|params)["']?\s{0,3}[:=]\s{0,3}\{[^}\n]{0,200}?\b(\w{1,30})["']?\s{0,3}:[^}\n]{0,200}["']\1[.-]\w|\?(?:[^\s"'&]{0,100}&)?(\w{1,30})=[^\s&"']{0,100}&\2[.-]\w{1,30}=/,
    'one parameter is named like the beginning of another: sorted with its "=" it lands behind it, sorted by name before it.',
  ),
  rule(
    'server-updated',
    'server-canonicalizes-wrongly',
    0.6,
    /\b(?:seaweed(?:fs)?|minio|ceph|rgw|garage|rustfs|localstack|zenko|cloudserver|s3proxy|versitygw)\b[^.\n]{0,60}\b(?:from v?\d+\.\d[\w.-]{0,10} to v?\d+\.\d|since (?:version )?v?\d+\.\d)|\b(?:updated?|upgraded?|update|upgrade) (?:of )?(?:the )?(?:\w{1,12} ){0,3}?(?:seaweed(?:fs)?|minio|ceph|rgw|garage|rustfs|localstack|s3proxy|versitygw)\b[^\n]{0,60}\bto v?\d/i,
    'it depends on the version of the server, which reads the request otherwise than before.',
  ),
]
