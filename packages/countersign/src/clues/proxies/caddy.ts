/** @see https://caddyserver.com/docs/caddyfile/directives/reverse_proxy */
import type { Product } from './directives.js'

export const CADDY: Product = {
  name: 'Caddy',
  needs: /^[ \t]{0,40}(?:header_up|uri|handle_path|rewrite|redir)[ \t]/m,
  lines: [
    ['removes', 'header_up -{header}'],
    ['sets', 'header_up {header} {value}'],
    ['sets', 'header_up +{header} {value}'],
    ['strips-prefix', 'uri strip_prefix {prefix}'],
    ['strips-prefix', 'handle_path {prefix}'],
    ['rewrites-path', 'uri (strip_suffix|replace|path_regexp) '],
    ['rewrites-path', /^[ \t]{0,40}rewrite[ \t]{1,10}(?:\*[ \t]|\/[^\s;]{0,200}[ \t]{1,10}\/)[^\n;]{0,200}$/gm],
    ['changes-query', 'uri query '],
    ['redirects', /^[ \t]{0,40}redir[ \t][^\n]{0,100}https?:\/\/(?!\{host)/gm],
  ],
}
