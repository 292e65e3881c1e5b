/** Every regular expression in the source of some rooms: literals by scanning the text, built ones by watching `RegExp` while modules load. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SyntaxKind } from 'typescript/unstable/ast'
import { createScanner } from 'typescript/unstable/ast/scanner'

const SRC = join(import.meta.dirname, '../../../src')

/** A pattern, and where it stands. */
export interface SourcePattern {
  readonly pattern: RegExp
  readonly where: string
}

/** The regular expressions of these rooms, each once. */
export async function sourcePatterns(rooms: readonly string[]): Promise<readonly SourcePattern[]> {
  const files = rooms.flatMap((room) => filesOf(join(SRC, room)))
  const literals = files.flatMap((file) =>
    literalsOf(readFileSync(file, 'utf8')).map((pattern) => ({ pattern, where: file.slice(SRC.length + 1) })),
  )
  const built = await builtBy(files)
  const known = new Map([...built, ...literals].map((one) => [String(one.pattern), one]))
  return [...known.values()].sort((a, b) => (a.where < b.where ? -1 : 1))
}

function filesOf(dir: string): readonly string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(dir, name))
}

/** The literals of a file. A slash opens one where no value stands before it. */
export function literalsOf(text: string): readonly RegExp[] {
  const scanner = createScanner(true)
  scanner.setText(text)
  const found: RegExp[] = []
  const braces: ('template' | 'block')[] = []
  let before: SyntaxKind = SyntaxKind.Unknown
  for (let kind = scanner.scan(); kind !== SyntaxKind.EndOfFile; kind = scanner.scan()) {
    if ((kind === SyntaxKind.SlashToken || kind === SyntaxKind.SlashEqualsToken) && !VALUES.has(before)) {
      kind = scanner.reScanSlashToken()
      const literal = scanner.getTokenText()
      const end = literal.lastIndexOf('/')
      const flags = literal.slice(end + 1)
      if (!/^[dgimsuvy]{0,8}$/.test(flags))
        throw new Error(`${literal.slice(0, 80)} at ${scanner.getTokenStart()} is no regular expression`)
      found.push(new RegExp(literal.slice(1, end), flags))
    } else if (kind === SyntaxKind.CloseBraceToken && braces.pop() === 'template') {
      kind = scanner.reScanTemplateToken(false)
    }
    if (kind === SyntaxKind.TemplateHead || kind === SyntaxKind.TemplateMiddle) braces.push('template')
    else if (kind === SyntaxKind.OpenBraceToken) braces.push('block')
    before = kind
  }
  return found
}

async function builtBy(files: readonly string[]): Promise<readonly SourcePattern[]> {
  const found: SourcePattern[] = []
  const Original = globalThis.RegExp
  let where = ''
  globalThis.RegExp = new Proxy(Original, {
    construct(target, [source, flags]) {
      const pattern = new target(source, flags)
      found.push({ pattern, where })
      return pattern
    },
  })
  try {
    for (const file of files) {
      where = file.slice(SRC.length + 1)
      await import(file)
    }
  } finally {
    globalThis.RegExp = Original
  }
  return found
}

const VALUES: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.Identifier,
  SyntaxKind.CloseParenToken,
  SyntaxKind.CloseBracketToken,
  SyntaxKind.CloseBraceToken,
  SyntaxKind.NumericLiteral,
  SyntaxKind.StringLiteral,
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.TemplateTail,
  SyntaxKind.RegularExpressionLiteral,
  SyntaxKind.ThisKeyword,
])
