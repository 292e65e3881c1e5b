/** @see https://httpd.apache.org/docs/2.4/mod/mod_proxy.html */
import type { Product } from './directives.js'

export const APACHE: Product = {
  name: 'Apache',
  needs: /^[ \t]{0,40}(?:Proxy(?:Pass|PreserveHost)|RewriteRule|RequestHeader|AllowEncodedSlashes|MergeSlashes|Redirect)/im,
  lines: [
    ['sets', 'RequestHeader (set|append|add|edit|edit*|merge) {header} {value}'],
    ['removes', 'RequestHeader unset {header}'],
    ['sends-other-host', 'ProxyPreserveHost Off'],
    [
      'sends-other-host',
      /^[ \t]{0,40}(?:ProxyPass(?:Match)?[ \t]{1,10}"?(?:[/^]|https?:)|RewriteRule[ \t][^\n]{1,300}[ \t]"?https?:[^\n]{1,300}\[[^\]\n]{0,40}\bP\b)/gim,
      { strength: 'fair', unless: /ProxyPreserveHost/i, why: 'only ProxyPreserveHost On keeps it' },
    ],
    [
      'strips-prefix',
      /^[ \t]{0,40}ProxyPass[ \t]{1,10}"?(?<prefix>\/[\w.~-]{1,60})\/?"?[ \t]{1,10}"?https?:\/\/[^\s/"]{1,200}\/?"?(?=\s|$)/gim,
    ],
    [
      'decodes-path',
      /^[ \t]{0,40}ProxyPass(?:Match)?[ \t](?![^\n]{0,300}(?:\bnocanon\b|[ \t]!))/gim,
      { strength: 'weak', why: 'nocanon keeps it' },
    ],
    [
      'decodes-path',
      /^[ \t]{0,40}RewriteRule[ \t][^\n]{1,300}[ \t]"?(?:https?|balancer):[^\n]{1,300}\[[^\]\n]{0,40}\bP\b/gim,
      { unless: /THE_REQUEST/ },
    ],
    ['decodes-path', 'AllowEncodedSlashes On', { why: 'NoDecode keeps %2F' }],
    ['normalizes-path', 'MergeSlashes On'],
    ['redirects', /^[ \t]{0,40}Redirect(?:Match|Permanent|Temp)?[ \t][^\n]{0,200}[ \t]"?https?:\/\/(?!%)/gim],
  ],
}
