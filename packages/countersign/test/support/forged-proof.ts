/** A proof that nothing proved: for tests of what is done with one. Only a cast makes it; see test/types/proof.test.ts. */
import type { Proof, ProofLevel } from '../../src/diagnosis/finding.ts'

export function forgedProof(level: ProofLevel, statement: string): Proof {
  return { level, statement } as Proof
}
