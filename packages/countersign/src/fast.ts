/**
 * `sign` and `verify`, which `countersign` exports as well. The subpath stays for one release.
 * @packageDocumentation
 */

export { sign, verify } from './fast/index.js'
