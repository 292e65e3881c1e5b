/**
 * The small inputs of ../shared/inputs/README.md, where it is there: each with its pieces and the classes that are right.
 *
 * An input is a headline, `**A. name** -> class` or `**A. name.** Want \`class\``, then one block of text; or one line of the list of
 * shorter ones. Where one block holds several files, SPLITS says how the later ones begin.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { CAUSES } from '../../src/causes/index.ts'

export interface SharedInput {
  readonly name: string
  readonly sources: readonly { readonly name: string; readonly text: string }[]
  /** Classes and ids of causes: any of them is right. */
  readonly wanted: readonly string[]
}

export const INPUTS = new URL('../../../../../shared/inputs/', import.meta.url)

export function sharedInputs(): readonly SharedInput[] {
  if (!existsSync(new URL('README.md', INPUTS))) return []
  const text = readFileSync(new URL('README.md', INPUTS), 'latin1')
  const standard = /"\+ S" is written: `([^`]+)`/.exec(text)![1]!
  return [...blocks(text, standard), ...shorter(text, standard)]
}

/** The files that wrong proofs were made of. No answer is said of them here: they are evidence that must be read. */
export function wrongProofInputs(): readonly SharedInput[] {
  const dir = new URL('wrong-proofs/', INPUTS)
  if (!existsSync(dir)) return []
  const files = readdirSync(dir).filter((name) => !/secret/.test(name))
  return files.map((name) => ({ name, sources: [{ name, text: readFileSync(new URL(name, dir), 'latin1') }], wanted: [] }))
}

function blocks(text: string, standard: string): SharedInput[] {
  const parts = text.split(/^## /m).slice(1)
  return parts.flatMap((part) =>
    [...part.matchAll(/^\*\*([A-G])\. ([^*]+)\*\*([^\n]*)\n+```\n([\s\S]*?)```(?=\n?([^\n]*))/gm)].map((match) => {
      const [, letter, title, said, block, after] = match as unknown as readonly string[]
      const id = `${part[0]}-${letter}`
      const pieces = block!.trimEnd().split(SPLITS[id] ?? /(?!)/)
      if (/^\+ S\b/.test(after!)) pieces.push(standard)
      const quoted = /^\+ `([^`]+)`/.exec(after!)?.[1]
      if (quoted !== undefined) pieces.push(quoted.replace('…', LONG_TEXT))
      return { name: `${id} ${title}`, sources: named(pieces), wanted: classesIn(/Want /.test(said!) ? said!.split('gets')[0]! : said!) }
    }),
  )
}

/** A list, one a line: what stands between backticks or quotes is evidence, what follows "want" is right. */
function shorter(text: string, standard: string): SharedInput[] {
  const list = text.slice(text.indexOf('Shorter ones'))
  return [...list.matchAll(/^- (.+)$/gm)].map(([, line]) => {
    const [given, rest] = [line!.split(/: want|: gets|: still/)[0]!, /: want ([^,]+(?:, or [^,]+)?)/.exec(line!)?.[1] ?? '']
    const composed = COMPOSED.find(([start]) => given.startsWith(start))?.[1]
    const pieces =
      composed !== undefined
        ? [composed]
        : [...given.matchAll(/`((?:[^`])+)`(?!, or)|"([^"\n]{20,})"/g)].map((match) => match[1] ?? match[2]!)
    if (/\+ S\b/.test(given)) pieces.push(standard)
    return { name: `shorter: ${given.slice(0, 60)}`, sources: named(pieces), wanted: classesIn(rest) }
  })
}

function named(pieces: readonly string[]): SharedInput['sources'] {
  return pieces.map((piece, i) => ({ name: `piece-${i + 1}`, text: `${piece}\n` }))
}

/** The classes and causes that a sentence names, before it says what was answered so far. */
function classesIn(said: string): readonly string[] {
  const names = said.split(/Today:|; gets/)[0]!.match(/[a-z]+(?:[.-][a-z0-9]+)+/g) ?? []
  return names.filter((name) => KNOWN.has(name))
}

const KNOWN: ReadonlySet<string> = new Set([...CAUSES.map(({ class: label }) => label), ...CAUSES.map(({ id }) => id)])
/** Code that a line of the list only names the parts of. */
const COMPOSED: readonly (readonly [start: string, code: string])[] = [
  ['Java, `bucket', 'client.putObject(PutObjectRequest.builder().bucket(bucket + "/" + tenantId).key(name).build(), body);'],
  [
    '`new PutObjectCommand',
    'const link = await getSignedUrl(client, new PutObjectCommand({ Bucket, Key, CacheControl: "max-age=86400" }))\nawait axios.put(link, blob)',
  ],
]
/** Where the files of a block begin, after the first. */
const SPLITS: Readonly<Record<string, RegExp>> = {
  'G-A': /\n(?=s3 = boto3|# garage\.toml)/,
  'G-B': /\n(?=websocket\._exceptions)/,
  'G-C': /\n(?=\{"errors"|signRequest\()/,
  'G-D': /\n(?=An error occurred|MinIO behind)/,
  'G-E': /\n(?=PUT from the page)/,
  'G-F': /\n(?=<Error>|upload\.ts:)/,
}
const LONG_TEXT =
  '<Message>The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.</Message></Error></Errors><RequestID>8a21c4f0-0d53-4a0e-9b5d-0c9b1f6f2a11</RequestID></Response>'
