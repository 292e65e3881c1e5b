/**
 * Directives of proxies as rows of a table: which directive, and what it does to a request that was signed before it.
 * A row's template is the directive as its product writes it (see text/directive-template.ts).
 */

import { type Clue, clueAt, type Mend, type Strength, type Values } from '../../case/index.js'
import { type ConfigLines, configLines, directivePattern } from '../../text/index.js'
import { EFFECTS, type Effect } from './effects.js'

/** A header that a directive sets or removes is judged by its name. */
export type Does = Effect | 'sets' | 'removes'

export type Row = readonly [does: Does, template: string | RegExp, more?: More]

interface More extends Partial<Pick<Seen, 'strength' | 'why' | 'values'>> {
  /** The name to show; else what matches of a template, or the first word of a pattern's match. */
  readonly name?: string
  /** Holds also where the hop itself signs. */
  readonly signing?: true
  /** The whole text must not hold this. */
  readonly unless?: RegExp
}

export interface Product {
  readonly name: string
  /** The text must hold this to be asked at all. */
  readonly needs: RegExp
  /** Directives that stand on a line of the text. */
  readonly lines?: readonly Row[]
  /** Settings, by the names that they stand under. */
  readonly settings?: readonly Row[]
}

/**
 * Where a text speaks of a product, what its directives do.
 * @param whole The text that `text` is a part of, at the same places.
 */
export function directiveClues(products: readonly Product[], text: string, source: string, whole = text): readonly Clue[] {
  const asked = products.filter(({ needs }) => needs.test(text))
  const settings = asked.some((product) => product.settings !== undefined) ? configLines(text) : NO_LINES
  const signs = SIGNS.test(whole)
  return asked.flatMap(({ name, lines = [], settings: set = [] }) =>
    [...foundBy(lines, { text, origin: (at) => at }, whole), ...foundBy(set, settings, whole)].flatMap(({ row, groups, directive, at }) => {
      const [does, , more] = row
      const effect = effectOf(does, groups, signs && more?.signing !== true)
      const values = { ...valuesOf(effect, groups), ...more?.values }
      const strength = effect === undefined ? {} : strengthOf(effect, groups['header'])
      return effect === undefined ? [] : effectClue(whole, source, at, { directive, ...strength, ...more, effect, product: name, values })
    }),
  )
}

/** An effect that was found, and what more is known of it. */
export interface Seen {
  readonly effect: Effect
  readonly product: string
  readonly directive: string
  readonly why?: string
  readonly values?: Values
  /** Other than what is usual for the effect. */
  readonly strength?: Strength
  readonly mend?: Mend
}

/** The clue for an effect. */
export function effectClue(text: string, source: string, at: number, seen: Seen, line?: number): readonly Clue[] {
  const [about, strength, says] = EFFECTS[seen.effect]
  const values = { hop: seen.product, ...seen.values }
  const what = says.replace('{value}', valueSaid(seen.effect, seen.values))
  const said = `${seen.directive} (${seen.product}) ${what}${seen.why === undefined ? '' : `; ${seen.why}`}.`
  const { mend, strength: own = strength } = seen
  const rule = `hop-${seen.effect}`
  return [clueAt(text, source, at, { rule, about, strength: own, message: said, values, ...(mend !== undefined && { mend }) }, line)]
}

function valueSaid(effect: Effect, values: Values = {}): string {
  if (/header/.test(effect)) return values['header'] === undefined ? 'headers' : `the header ${values['header']}`
  return values['prefix'] ?? 'a part'
}

interface Found {
  readonly row: Row
  readonly directive: string
  readonly groups: Values
  readonly at: number
}

/** Every match of every row. A directive whose path effect is known closer is no rewriting besides. */
function foundBy(rows: readonly Row[], { text, origin }: ConfigLines, all: string): readonly Found[] {
  const taken = new Set<number>()
  return rows.flatMap((row) => {
    if (row[2]?.unless?.test(all) === true) return []
    const template = row[1]
    const pattern = typeof template === 'string' ? directivePattern(template) : template
    return [...text.matchAll(pattern)].slice(0, MOST).flatMap(({ index, groups, 0: match }) => {
      const at = index + match.length - match.trimStart().length
      if (row[0] === 'rewrites-path' && taken.has(at)) return []
      taken.add(at)
      const directive = row[2]?.name ?? (typeof template === 'string' ? nameIn(match, groups) : match.trim().split(/[\s=]/, 1)[0]!)
      return [{ row, directive, groups: { ...groups }, at: origin(at) }]
    })
  })
}

/** What matches, without the value that it has there. */
function nameIn(match: string, groups: Values | undefined): string {
  return match
    .slice(0, match.length - (groups?.['value'] ?? '').length)
    .replace(/=.*|["']/g, '')
    .trim()
}

function effectOf(does: Does, { header = '', value = 'x' }: Values, signs: boolean): Effect | undefined {
  const effect = does === 'sets' ? headerEffect(header, value) : does === 'removes' ? headerEffect(header, '') : does
  return effect === undefined || (signs && BEFORE_SIGNING.has(effect)) ? undefined : effect
}

/** What it does to a signed request that a header is set to a value, or removed. */
export function headerEffect(header: string, value: string): Effect | undefined {
  const name = header.toLowerCase()
  const removes = /^(?:""|'')?$/.test(value.trim())
  if (!removes && passesOn(name, value)) return undefined
  if (name === 'host') return 'sends-other-host'
  if (!SIGNED.test(name)) return undefined
  return removes ? 'removes-header' : 'changes-header'
}

/** Every x-amz-* header is signed; of others only some clients sign each. */
export function strengthOf(effect: Effect, header = ''): Pick<Seen, 'strength'> {
  return effect === 'removes-header' && /^x-amz-/i.test(header) ? { strength: 'strong' } : {}
}

/** Whether a value is a variable of the header that came in. */
function passesOn(name: string, value: string): boolean {
  const own = new RegExp(name.replace(/-/g, '[-_]'), 'i')
  return own.test(value) && /^["']?[$%{]|\breq\.http\./.test(value) && !/upstream|proxy_|backend/i.test(value)
}

function valuesOf(effect: Effect | undefined, { header, prefix }: Values): Values {
  if (header !== undefined && effect?.endsWith('-header') === true) return { header: header.toLowerCase() }
  return prefix === undefined || !/prefix/.test(effect ?? '') ? {} : { prefix }
}

const NO_LINES: ConfigLines = { text: '', origin: () => 0 }

/** A route that matches a prefix and sends "/" for it, as Envoy and Istio write it. */
export const ROUTE_STRIPS =
  /\bprefix=(?<prefix>\/[\w.~-]{1,60})\/?\n(?:[^\n]{0,300}\n){0,6}?[^\n]{0,300}\b(?:prefix_?rewrite|rewrite\.uri)=\/$/gim
/** Headers that clients sign; of a hop's own (X-Forwarded-For) a signature knows nothing. */
const SIGNED =
  /^(?:accept(?:-encoding)?|range|content-(?:type|length|md5|encoding|disposition)|date|expect|user-agent|authorization|cache-control|if-[\w-]{1,30}|x-amz-(?!cf-)[\w-]{1,40})$/
/** What a hop that signs does to these first is part of what it signs. */
const BEFORE_SIGNING: ReadonlySet<Effect> = new Set<Effect>(['sends-other-host', 'changes-header', 'removes-header'])
/** A module, a script or a library that signs in the hop. */
export const SIGNS = new RegExp(
  [
    '\\baws_(?:sign|access_key|signing_key|s3_bucket|auth|request_signing)\\b|\\bs3_auth_token\\b|\\$upstream_http_authorization\\b',
    '\\bjs_(?:set|content|import)\\s|\\b(?:set|access|rewrite)_by_lua|\\bawsrest\\.|\\baws\\.v4|\\baws4(?:fetch)?\\b|SignatureV4|\\.sign\\(',
  ].join('|'),
)
const MOST = 200
