/** The examples that people read: of the source's doc comments, and of the documents. Each is a module that can be copied and run. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url))
const SOURCE = join(ROOT, 'packages/countersign/src')

export interface CodeExample {
  /** The name it is an example of, or the document's. */
  readonly name: string
  /** "packages/countersign/src/sigv4/sign.ts:30", where its first line stands. */
  readonly place: string
  readonly code: string
}

/** A declaration that has a doc comment. */
export interface Documented {
  readonly name: string
  readonly kind: 'function' | 'class' | 'const' | 'interface' | 'type'
  readonly release: 'public' | 'internal' | undefined
  readonly place: string
  readonly examples: readonly CodeExample[]
}

const DECLARED = /\/\*\*((?:[^*]|\*(?!\/))*)\*\/\nexport (?:declare )?(?:async )?(function|class|const|interface|type)\b\*? ?(\w+)/g

/** Every exported declaration of the source with its doc comment. */
export function documentedNames(): readonly Documented[] {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  return files.sort().flatMap((file) => declarationsIn(join(SOURCE, file)))
}

function declarationsIn(path: string): readonly Documented[] {
  const text = readFileSync(path, 'utf8')
  const file = relative(ROOT, path)
  return [...text.matchAll(DECLARED)].map(({ 1: comment = '', 2: kind, 3: name = '', index }) => {
    const line = lineOf(text, index)
    const release = /@(public|internal)\b/.exec(comment)?.[1] as Documented['release']
    const examples = examplesIn(comment).map(({ code, after }) => ({ name, code, place: `${file}:${line + after}` }))
    return { name, kind: kind as Documented['kind'], release, place: `${file}:${line}`, examples }
  })
}

/** The fenced code behind each `@example` of a comment, and how many lines into the comment it begins. */
function examplesIn(comment: string): readonly { readonly code: string; readonly after: number }[] {
  const lines = comment.split('\n').map((line) => line.replace(/^ \* ?/, ''))
  const examples: { code: string; after: number }[] = []
  for (const [i, line] of lines.entries()) {
    if (line.trim() !== '@example') continue
    const open = lines.indexOf('```js', i)
    const close = lines.indexOf('```', open)
    examples.push({ code: open === i + 1 && close > open ? lines.slice(open + 1, close).join('\n') : '', after: i + 2 })
  }
  return examples
}

/** The blocks of JavaScript of a document. A block that names a file (```js server.mjs) is not one to run alone. */
export function documentExamples(document: string): readonly CodeExample[] {
  const text = readFileSync(join(ROOT, document), 'utf8')
  return [...text.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(({ 1: code = '', index }) => {
    const place = `${document}:${lineOf(text, index) + 1}`
    return { name: document, place, code }
  })
}

/** The blocks of a document that are files of the repository (```js examples/servers/express.mjs), with what the files hold. */
export function quotedFiles(document: string): readonly { readonly file: string; readonly quoted: string; readonly held: string }[] {
  const text = readFileSync(join(ROOT, document), 'utf8')
  return [...text.matchAll(/^```js (examples\/\S+)\n([\s\S]*?)^```$/gm)].map(({ 1: file = '', 2: quoted = '' }) => {
    return { file, quoted, held: readFileSync(join(ROOT, file), 'utf8') }
  })
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}
