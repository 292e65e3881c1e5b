/** All that a machine shows, judged. */
import type { Check } from './check.js'
import { inReportOrder } from './check.js'
import { type ClockEvidence, clockChecks } from './clock/clock-checks.js'
import { correctionOff } from './clock/correction-switch.js'
import { chainChecks } from './credentials/chain-checks.js'
import { environmentCheck } from './credentials/environment-check.js'
import { filesCheck } from './credentials/file-checks.js'
import { takenBy } from './credentials/pairs.js'
import { type Fingerprint, valueChecks } from './credentials/value-checks.js'
import type { Machine } from './machine.js'
import { type AskedPair, onlineChecks } from './online/online-checks.js'
import { endpointChecks, endpointHosts, isNotOfAws } from './settings/endpoint-checks.js'
import { proxyChecks } from './settings/proxy-checks.js'
import { regionChecks } from './settings/region-checks.js'
import { type Installed, versionChecks } from './settings/version-checks.js'

export interface Examined {
  readonly machine: Machine
  readonly clock: Pick<ClockEvidence, 'readings' | 'daemon'>
  readonly fingerprint: Fingerprint
  /** What the user names, as a program may. */
  readonly region: string | undefined
  readonly endpoint: string | undefined
  /** Files of certificates that are named and not there. */
  readonly missing: readonly string[]
  readonly installed: Installed
  /** What was asked of the service; absent where it was not to be asked. */
  readonly online?: readonly AskedPair[]
}

export function examine({ machine, clock, fingerprint, region, endpoint, missing, installed, online }: Examined): readonly Check[] {
  const taken = takenBy(machine)
  const hosts = endpointHosts(machine, endpoint)
  const notOfAws = hosts.some(isNotOfAws)
  return inReportOrder([
    ...clockChecks({ system: machine.system, ...clock, correctionOff: correctionOff(machine) }),
    filesCheck(machine),
    ...chainChecks(machine, taken),
    environmentCheck(machine),
    ...valueChecks(machine, taken, fingerprint, !notOfAws),
    ...onlineChecks(machine.system, online),
    ...regionChecks(machine, region, hosts),
    ...endpointChecks(machine, endpoint),
    ...proxyChecks(machine, hosts, missing),
    ...versionChecks(machine, installed, notOfAws),
  ])
}
