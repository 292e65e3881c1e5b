/** What must stand in an nginx configuration where a directive changes what was signed, as far as one place decides it. */
import type { Mend } from '../../case/index.js'
import { withoutCredentials } from '../../credentials/index.js'
import { type Directive, inForce } from '../../text/index.js'
import type { Effect } from './effects.js'

/** A directive sends what came in, or the directive that is missing is put behind its like. */
export function nginxMend(text: string, source: string, by: Directive, effect: Effect): Mend | undefined {
  const { name, words } = by
  // In the middle of a sentence a directive is quoted: what is to be changed stands elsewhere.
  if (!/(?:^|[{};]|\n)[ \t]{0,200}$/.test(text.slice(Math.max(0, by.at - 201), by.at))) return undefined
  // The value of Authorization may be a secret, and a mend shows what stands there.
  if (name === 'proxy_set_header' && /^(?!authorization$)[\w-]{1,60}$/i.test(words[0] ?? '') && SENT_ON.has(effect))
    return inPlaceOf(text, source, by, `${name} ${words[0]} $http_${words[0]!.toLowerCase().replaceAll('-', '_')};`)
  if (name === 'merge_slashes') return inPlaceOf(text, source, by, 'merge_slashes off;')
  if (name === 'proxy_pass' && effect === 'sends-other-host')
    return behind(text, source, inForce(by.block, 'proxy_set_header').at(-1) ?? by, 'proxy_set_header Host $http_host;')
  return undefined
}

/** The directive, with what must stand there. */
function inPlaceOf(text: string, source: string, { at }: Directive, to: string): Mend | undefined {
  const end = endOf(text, at)
  const from = text.slice(at, end)
  // A value that may not be shown cannot be shown as a change, and no clue holds it.
  return end === undefined || withoutCredentials(from) !== from ? undefined : { at: { source, start: at, end }, from, to }
}

/** A directive more, in the line below, indented alike; in the same line where more follows there. */
function behind(text: string, source: string, { at }: Directive, to: string): Mend | undefined {
  const end = endOf(text, at)
  if (end === undefined) return undefined
  const line = text.lastIndexOf('\n', at - 1) + 1
  const alone = /^[ \t]{0,200}$/.test(text.slice(line, at)) && /^[ \t\r]{0,200}(?:#[^\n]{0,500})?(?:\n|$)/.test(text.slice(end, end + 800))
  return { at: { source, start: end, end }, from: '', to: alone ? `\n${text.slice(line, at)}${to}` : ` ${to}` }
}

/** Behind the semicolon that ends a directive; all in one line. */
function endOf(text: string, at: number): number | undefined {
  const length = /^(?:[^;"'{}\n#]|"[^"\n]{0,200}"|'[^'\n]{0,200}'){1,500};/.exec(text.slice(at, at + 501))?.[0].length
  return length === undefined ? undefined : at + length
}

const SENT_ON: ReadonlySet<Effect> = new Set<Effect>(['sends-other-host', 'changes-port', 'changes-header', 'removes-header'])
