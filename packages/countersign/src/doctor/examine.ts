/** All that a machine shows, judged. */
import type { Check } from './check.js'
import { inReportOrder } from './check.js'
import { type ClockEvidence, clockChecks } from './clock/clock-checks.js'
import { correctionOff } from './clock/correction-switch.js'
import { chainChecks } from './credentials/chain-checks.js'
import { filesCheck } from './credentials/file-checks.js'
import { takenBy } from './credentials/pairs.js'
import { type Fingerprint, valueChecks } from './credentials/value-checks.js'
import type { Machine } from './machine.js'
import { regionChecks } from './settings/region-checks.js'

export interface Examined {
  readonly machine: Machine
  readonly clock: Pick<ClockEvidence, 'readings' | 'daemon'>
  readonly fingerprint: Fingerprint
  /** The region and the hosts that the user names. */
  readonly region: string | undefined
  readonly hosts: readonly string[]
}

export function examine({ machine, clock, fingerprint, region, hosts }: Examined): readonly Check[] {
  const taken = takenBy(machine)
  return inReportOrder([
    ...clockChecks({ system: machine.system, ...clock, correctionOff: correctionOff(machine) }),
    filesCheck(machine),
    ...chainChecks(machine, taken),
    ...valueChecks(machine, taken, fingerprint),
    ...regionChecks(machine, region, hosts),
  ])
}
