// Cases with a known answer: ours and, where they are there, those of ../shared/cases, cases-2 and inputs. Never ../shared/cases-blind.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { EvidenceSource } from '../packages/countersign/src/case/index.ts'
import { CAUSES } from '../packages/countersign/src/causes/index.ts'
import { sharedInputs, wrongProofInputs } from '../packages/countersign/test/support/shared-inputs.ts'

export interface KnownCase {
  readonly name: string
  readonly sources: readonly EvidenceSource[]
  /** The classes of right answers. */
  readonly classes: readonly string[]
}

export interface CaseSet {
  readonly name: string
  readonly cases: readonly KnownCase[]
}

const classOf = new Map<string, string>(CAUSES.map(({ id, class: label }) => [id, label]))

/** The class of a cause; a class is its own. */
export function classNamed(about: string): string {
  return classOf.get(about) ?? about
}

export function caseSets(): readonly CaseSet[] {
  const inputs = [...sharedInputs(), ...wrongProofInputs()].map(({ name, sources, wanted }) => ({
    name,
    sources,
    classes: wanted.map(classNamed),
  }))
  return [
    { name: 'own cases', cases: ownCases() },
    { name: '../shared/cases', cases: sharedCases('../shared/cases') },
    { name: '../shared/cases-2', cases: sharedCases('../shared/cases-2') },
    { name: '../shared/inputs', cases: inputs },
  ].filter(({ cases }) => cases.length > 0)
}

function ownCases(): KnownCase[] {
  const top = 'packages/countersign/test/cases'
  return readdirSync(top).flatMap((id) =>
    readdirSync(join(top, id)).map((name) => {
      const dir = join(top, id, name)
      const files = readdirSync(dir).filter(
        (file) => !['case.json', 'expected.txt', 'secret.txt'].includes(file) && statSync(join(dir, file)).isFile(),
      )
      return {
        name: `${id}/${name}`,
        sources: files.map((file) => ({ name: file, text: readFileSync(join(dir, file), 'latin1') })),
        classes: [classNamed(id)],
      }
    }),
  )
}

function sharedCases(dir: string): KnownCase[] {
  if (!existsSync(dir)) return []
  return readdirSync(dir)
    .filter((file) => file.endsWith('.json'))
    .map((file) => {
      const { evidence, expected } = JSON.parse(readFileSync(join(dir, file), 'utf8'))
      return {
        name: file.replace('.json', ''),
        sources: evidence.map((piece: { text: string; b64?: string }, i: number) => ({
          name: `evidence-${i + 1}.txt`,
          text: Buffer.from(piece.b64 ?? piece.text, piece.b64 === undefined ? 'utf8' : 'base64').toString('latin1'),
        })),
        classes: [expected.cause, ...(expected.also ?? [])],
      }
    })
}
