/** Directives that people write inside of a sentence, in backticks or bare, laid out as a configuration has them: each on a line. */
import { blank } from '../../text/index.js'

/** The text with nothing but those directives, each with a sign in place of what stood behind it. Offsets stay what they were. */
export function toldDirectives(text: string, end: '\n' | ';'): string {
  const pieces: string[] = []
  let at = 0
  for (const { 0: whole, index, groups = {} } of text.matchAll(TOLD)) {
    const code = (groups['code'] ?? groups['bare'] ?? '').replace(
      SAID_AS,
      (_, name: string, verb: string) => `${name}:${blank(verb.slice(1))}`,
    )
    const closed = /;\s{0,4}$/.test(code) ? ' ' : end
    pieces.push(blank(text.slice(at, index)), '\n', code, ...(whole.length > code.length + 1 ? [closed] : []))
    at = index + whole.length
    if (pieces.length >= MOST) break
  }
  return pieces.length === 0 ? '' : pieces.join('') + blank(text.slice(at))
}

/** Names that nothing but a directive has. */
const NAMES = [
  'proxy_(?:set_header|pass|redirect|method)|merge_slashes|reqi?rep|reqi?del',
  'http-request (?:set|add|replace|del|normalize)-\\w{3,6}',
  'ProxyPreserveHost|RequestHeader (?:set|unset|edit)|AllowEncodedSlashes|MergeSlashes|header_up|uri strip_prefix|handle_path',
  'request_header_(?:access|replace)|(?:un)?set (?:be)?req\\.http\\.|upstream-vhost|rewrite-target',
  'regex_uri|pass_host|strip_listen_path|strip_path|preserve_host(?:_header)?|changeOrigin|auto_?host_?rewrite|(?:host|prefix)_rewrite(?:_literal)?|normalize_path|preserveHostHeader',
  'httpHostHeader|host_?header_?rewrite|ngrok http|pickHostNameFromBackend\\w{3,20}|passHostHeader|override_?host|--http-host-header',
].join('|')
/** A piece of code in a sentence; or a name with what follows it, up to where the sentence goes on. */
const TOLD = new RegExp(
  `\`(?<code>[^\`\\n]{3,300})\`|(?<=\\w[,:]?|\\()[ (]{1,3}(?<bare>(?:${NAMES})\\b[^\\n]{0,160}?)(?:[,;)](?=\\s|$)|[.](?=\\s|$)|\\s(?=(?:but|because|and|or|which|so|in|as|since|for|then|that|there|set)\\b)|(?=\\n|$))`,
  'gi',
)
/** "preserve_host is false". */
const SAID_AS = /^([\w.-]{1,60})(\s(?:is|to|was|=)\s)(?=\S)/
const MOST = 400
