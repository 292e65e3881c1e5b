/**
 * @see https://varnish-cache.org/docs/trunk/users-guide/vcl.html
 * @see http://www.squid-cache.org/Doc/config/request_header_access/
 */
import type { Product } from './directives.js'

export const VARNISH: Product = {
  name: 'Varnish',
  needs: /\b(?:un)?set[ \t]{1,10}(?:be)?req\.|\bsub[ \t]{1,10}vcl_|querystring\./,
  lines: [
    ['removes', /\b(?:unset|remove)[ \t]{1,5}(?:be)?req\.http\.(?<header>[\w-]{1,60})/gi, { name: 'unset' }],
    ['changes-query', /\bquerystring\.(?:filter|clean|remove|globfilter|regfilter)\w{0,12}\(/gi, { name: 'querystring' }],
    [
      'sends-other-host',
      /["']host:["'][ \t]{0,5}\+[ \t]{0,5}req\.http\.host/gi,
      {
        name: '"host:" + req.http.host',
        signing: true,
        unless: /set[ \t]{1,5}(?:be)?req\.http\.host[ \t]{0,5}=/i,
        why: "the visitor's name is signed",
      },
    ],
  ],
  settings: [
    ['sets', 'req.http.{header}={value}', { name: 'set req.http' }],
    ['sets', 'bereq.http.{header}={value}', { name: 'set bereq.http' }],
    ['rewrites-path', /\b(?:be)?req\.url=(?!std$|std\.querysort|querystring)/gm, { name: 'set req.url' }],
    ['changes-method', /\b(?:be)?req\.method=/gm, { name: 'set req.method' }],
  ],
}

export const SQUID: Product = {
  name: 'Squid',
  needs: /^[ \t]{0,40}(?:request_header_(?:access|replace)|cache_peer|url_rewrite_program)[ \t]/m,
  lines: [
    ['removes', 'request_header_access {header} deny'],
    ['sets', 'request_header_replace {header} {value}'],
    ['sends-other-host', /^[ \t]{0,40}cache_peer[ \t][^\n]{0,200}\bforceddomain=/gm, { name: 'forceddomain' }],
    ['rewrites-path', 'url_rewrite_program '],
  ],
}
