/** Every regular expression in the source: literals by scanning the text, built ones by watching `RegExp` while modules load. */
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

/** The regular expressions of all rooms, each once. */
export async function sourcePatterns(): Promise<readonly SourcePattern[]> {
  const names = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
  const literals = names.flatMap((where) => literalsOf(readFileSync(join(SRC, where), 'utf8')).map((pattern) => ({ pattern, where })))
  const built = await builtBy(names)
  const known = new Map([...built, ...literals].map((one) => [String(one.pattern), one]))
  return [...known.values()].sort((a, b) => (a.where < b.where ? -1 : 1))
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
      found.push(new RegExp(literal.slice(1, end), literal.slice(end + 1)))
    } else if (kind === SyntaxKind.CloseBraceToken && braces.pop() === 'template') {
      kind = scanner.reScanTemplateToken(false)
    }
    if (kind === SyntaxKind.TemplateHead || kind === SyntaxKind.TemplateMiddle) braces.push('template')
    else if (kind === SyntaxKind.OpenBraceToken) braces.push('block')
    before = kind
  }
  return found
}

async function builtBy(names: readonly string[]): Promise<readonly SourcePattern[]> {
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
    for (const name of names) {
      where = name
      await import(join(SRC, name))
    }
  } finally {
    globalThis.RegExp = Original
  }
  return found
}

const VALUES: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.Identifier,
  SyntaxKind.PrivateIdentifier,
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
