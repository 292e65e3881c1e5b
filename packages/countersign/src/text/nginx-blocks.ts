/** Reads nginx configuration into directives and the blocks they stand in. Total: what is not nginx gives what little looks like it. */

/** One directive: "proxy_pass http://store;" or the head of a block. */
export interface Directive {
  readonly name: string
  readonly words: readonly string[]
  readonly at: number
  readonly block: Block
}

export interface Block {
  /** The directive that opens it; `undefined` for the file itself. */
  readonly head: Directive | undefined
  readonly parent: Block | undefined
  readonly directives: readonly Directive[]
}

/** Every directive of a text, in order. */
export function nginxDirectives(text: string): readonly Directive[] {
  const all: Directive[] = []
  let block: Open = { head: undefined, parent: undefined, directives: [] }
  let words: { readonly word: string; readonly at: number }[] = []
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (all.length >= MOST_DIRECTIVES) break
    if (token.startsWith('#')) continue
    if (token === '}') {
      block = block.parent ?? block
      words = []
    } else if (token === ';' || token === '{') {
      // What stands before the first directive of a snippet in another file, as in YAML, is not nginx.
      const first = Math.max(
        0,
        words.findIndex(({ word }) => TELLING.test(word)),
      )
      const name = words[first]?.word
      const at = words[first]?.at ?? index
      const rest = words.slice(first + 1).map(({ word }) => word)
      words = []
      if (name === undefined) {
        if (token === '{') block = { head: undefined, parent: block, directives: [] }
        continue
      }
      const directive: Directive = { name: name.toLowerCase(), words: rest, at, block }
      block.directives.push(directive)
      all.push(directive)
      if (token === '{') block = { head: directive, parent: block, directives: [] }
    } else {
      words.push({ word: token.replace(/^(["'])(.*)\1$/s, '$2'), at: index })
      if (words.length > MOST_WORDS) words.shift()
    }
  }
  return all
}

/** The nearest directives of a name: those of the block itself, else those of the block around it that has any. */
export function inForce(block: Block, name: string): readonly Directive[] {
  for (let at: Block | undefined = block; at !== undefined; at = at.parent) {
    const own = at.directives.filter((one) => one.name === name)
    if (own.length > 0) return own
  }
  return []
}

/** The nearest block with a head of some name around a block, itself among them. */
export function blockAround(block: Block, name: string): Block | undefined {
  for (let at: Block | undefined = block; at !== undefined; at = at.parent) if (at.head?.name === name) return at
  return undefined
}

interface Open {
  readonly head: Directive | undefined
  readonly parent: Open | undefined
  readonly directives: Directive[]
}

const TOKEN = /#[^\n]*|"[^"]{0,2000}"|'[^']{0,2000}'|[;{}](?=[\s#}]|$)|(?:\$\{\w{1,60}\}|[^\s;{}"'#]|[;{}#](?![\s}]|$)){1,2000}/g
const MOST_DIRECTIVES = 5000
const TELLING = /^(?:proxy_(?:pass|set_header|method|set_body|pass_request_\w{4,7})|rewrite|merge_slashes|location|server)$/i
const MOST_WORDS = 12
