/** Golden cases: folders of evidence with the report they must give. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KnownSecret } from '../../src/case/case-file.ts'
import type { EvidenceSource } from '../../src/case/reader.ts'
import type { Diagnosis } from '../../src/diagnosis/finding.ts'
import { diagnoseEvidence } from '../../src/index.ts'
import { renderTerminal } from '../../src/report/terminal.ts'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'

/** A case folder: `case.json` names the cause; every other file but `expected.txt` is a piece of evidence. */
export interface GoldenCase {
  readonly dir: string
  /** "region-mismatch/stated-by-the-evidence". */
  readonly name: string
  readonly cause: string
  /** Whether the example secret is given. */
  readonly secret: boolean
  /** More secrets that are given, by label, with the access key ID each belongs to; the example secret comes first. */
  readonly others: readonly OtherSecret[]
}

/** A secret beside the example one. */
export interface OtherSecret {
  readonly label: string
  readonly secret: string
  readonly accessKeyId?: string
}

/** All cases below a folder, by name. */
export function golden(root: string): GoldenCase[] {
  if (!existsSync(root)) return []
  return readdirSync(root)
    .sort()
    .flatMap((id) =>
      readdirSync(join(root, id))
        .sort()
        .map((name): GoldenCase => {
          const dir = join(root, id, name)
          const facts = JSON.parse(readFileSync(join(dir, 'case.json'), 'utf8')) as Partial<GoldenCase> & { cause: string }
          return { dir, name: `${id}/${name}`, cause: facts.cause, secret: facts.secret ?? false, others: facts.others ?? [] }
        }),
    )
}

/** The diagnosis of a case, and its report as it is printed. */
export function goldenReport(one: GoldenCase): { readonly diagnosis: Diagnosis; readonly text: string } {
  const sources = goldenSources(one)
  const secrets = goldenSecrets(one)
  const diagnosis = diagnoseEvidence(sources, { secrets })
  return { diagnosis, text: renderTerminal(diagnosis, { colour: false, verbose: true, evidence: sources }) }
}

/** The secrets that are given in a case. */
export function goldenSecrets(one: GoldenCase): KnownSecret[] {
  return [
    ...(one.secret ? [{ label: 'secret.txt', secretAccessKey: new SecretAccessKey(EXAMPLE_SECRET) }] : []),
    ...one.others.map(({ secret, ...known }) => ({ ...known, secretAccessKey: new SecretAccessKey(secret) })),
  ]
}

/** The pieces of evidence of a case. */
export function goldenSources({ dir }: GoldenCase): EvidenceSource[] {
  const files = readdirSync(dir).filter((file) => file !== 'case.json' && file !== 'expected.txt')
  return files.sort().map((name) => ({ name, text: readFileSync(join(dir, name), 'latin1') }))
}

export const EXAMPLE_SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
