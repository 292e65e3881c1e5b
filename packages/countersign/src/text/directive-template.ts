/**
 * Templates of directives as people write them: "http-request set-header {header} {value}" stands on a line of a configuration,
 * "customRequestHeaders.{header}={value}" among settings (see config-lines.ts). "(a|b)" is either.
 */

/** The pattern of a template, with its places as named groups. Words may be joined by a hump, a hyphen, an underscore or nothing. */
export function directivePattern(template: string): RegExp {
  const source = template
    .replace(/[.^*+$?[\]\\]/g, '\\$&')
    .replace(/([a-z])([A-Z])|_/g, '$1[_-]?$2')
    .replace(/\((\w)/g, '(?:$1')
    .replace(/ /g, '[ \\t]{1,10}["\']?')
    .replace(/\{(\w+)\}/g, (_, name: string) => PLACES[name] ?? '')
  return new RegExp(template.includes('=') ? `(?<![\\w-])${source}` : `^[ \\t]{0,40}${source}`, 'gim')
}

/** What stands in a place of a template. */
const PLACES: Readonly<Record<string, string>> = {
  header: '(?<header>[A-Za-z][\\w-]{0,60})(?![\\w-])["\']?',
  value: '(?<value>[^\\n]{0,200})',
  prefix: '(?<prefix>/[\\w.~-]{1,60}(?:/[\\w.~-]{1,60}){0,4})',
  something: '[^\\s"\']',
}
