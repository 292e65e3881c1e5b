/** @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/ */
import type { Product } from './directives.js'

export const INGRESS: Product = {
  name: 'ingress',
  needs:
    /nginx\.ingress\.kubernetes\.io|haproxy(?:-ingress)?\.(?:org|github\.io)|ingress\.kubernetes\.io|nginx\.org\/|konghq\.com|merge-?slashes/,
  settings: [
    ['sends-other-host', 'upstream-vhost={something}'],
    ['sends-other-host', 'haproxy.org/set-host={something}'],
    ['sends-other-host', 'konghq.com/host-header={something}'],
    // A path of the rule with its rest captured, and the annotation that sends the rest.
    [
      'strips-prefix',
      /rewrite-target=\/\$\d\n(?:[^\n]{0,300}\n){0,30}?[^\n]{0,300}\bpath=(?<prefix>\/[\w.~-]{1,60})$/gm,
      { name: 'rewrite-target' },
    ],
    ['rewrites-path', /\brewrite-target=(?!\/?\$1$|\/$)[^\n]/gm],
    ['rewrites-path', 'path-rewrite={something}'],
    ['rewrites-path', 'nginx.org/rewrites={something}'],
    ['normalizes-path', 'merge-slashes=true'],
  ],
}
