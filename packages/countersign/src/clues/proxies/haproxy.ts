/** @see https://docs.haproxy.org/3.0/configuration.html#4.2 */
import type { Product } from './directives.js'

export const HAPROXY: Product = {
  name: 'HAProxy',
  needs: /^[ \t]{0,40}(?:http-request|http-send-name-header|req(?:i?rep|i?del)|redirect|compression)[ \t]/m,
  lines: [
    ['sets', 'http-request (set|add|replace)-(header|value) {header} {value}'],
    ['sets', 'http-send-name-header {header}'],
    ['sets', '(reqirep|reqrep) ^{header}'],
    ['removes', 'http-request del-header {header}'],
    ['removes', '(reqidel|reqdel) ^{header}'],
    ['removes-header', 'compression offload', { values: { header: 'accept-encoding' } }],
    [
      'strips-prefix',
      /^[ \t]{0,40}http-request[ \t]{1,10}replace-\w{3,5}[ \t]{1,10}"?\^?(?<prefix>\/[\w.~-]{1,60})\S{0,40}[ \t]{1,10}"?\/?\\1/gm,
    ],
    ['rewrites-path', 'http-request (set|replace)-(path|pathq|uri)'],
    ['rewrites-path', /^[ \t]{0,40}reqi?rep[ \t]{1,10}\^\S{0,2}\(/gm],
    ['normalizes-path', 'http-request normalize-uri (path|percent)-'],
    ['changes-query', 'http-request set-query'],
    ['changes-method', 'http-request set-method'],
    ['redirects', /^[ \t]{0,40}(?:http-request[ \t]{1,10})?redirect[ \t]{1,10}(?:prefix|location)[ \t]{1,10}https?:/gm],
  ],
}
