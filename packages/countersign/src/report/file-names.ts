/** Names of files as code hosts want them. */
import { uriEncode } from '../sigv4/index.js'

/** A file below a directory, as seen from it; any other name as it is. Slashes go forward. */
export function relativeName(name: string, directory: string | undefined): string {
  const path = name.replaceAll('\\', '/')
  if (directory === undefined) return path.replace(/^(?:\.\/)+/, '')
  const root = `${directory.replaceAll('\\', '/').replace(/(?<!\/)\/{1,8}$/, '')}/`
  return (path.startsWith(root) ? path.slice(root.length) : path).replace(/^(?:\.\/)+/, '')
}

/** A file as a reference that is a URI: "C:\x y" and "a b.xml" are none. What is below no known root keeps its whole path. */
export function uriOf(name: string): string {
  if (name === '-') return 'standard-input'
  const path = uriEncode(name.replaceAll('\\', '/'), '/')
  if (/^[A-Za-z]%3A\//.test(path)) return `file:///${path.replace('%3A', ':')}`
  return path.startsWith('/') ? `file://${path}` : path
}
