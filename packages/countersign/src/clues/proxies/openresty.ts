/** @see https://github.com/openresty/lua-nginx-module#nginx-api-for-lua */
import type { Product } from './directives.js'

export const OPENRESTY: Product = {
  name: 'OpenResty',
  needs: /\bngx\.(?:req|var)\./,
  lines: [
    ['changes-query', /\bngx\.req\.set_uri_args\(/g],
    ['changes-query', /\bngx\.var\.args\s{0,5}=(?!=)/g],
    ['rewrites-path', /\bngx\.req\.set_uri\(/g],
    ['changes-method', /\bngx\.req\.set_method\(/g],
    ['changes-body', /\bngx\.req\.set_body_data\(/g],
    ['removes', /\bngx\.req\.clear_header\(["'](?<header>[\w-]{1,60})["']/g],
    ['sets', /\bngx\.req\.set_header\(["'](?<header>[\w-]{1,60})["'],\s{0,5}(?<value>[^\n)]{1,200})/g],
  ],
}
