/** Which keys each SDK takes, whether they agree, and what is passed over. */
import { type Check, check } from '../check.js'
import type { Machine } from '../machine.js'
import { identityOf, type Pair, pairsOn, placeOf, shownId, type Taken } from './pairs.js'

export function chainChecks(machine: Machine, taken: readonly Taken[]): readonly Check[] {
  return [...taken.map(sdkCheck), agreementCheck(taken), shadowedCheck(machine, taken)]
}

function sdkCheck({ sdk, resolution }: Taken): Check {
  const id = `credentials.${sdk.id}` as const
  if (resolution.kind === 'error') return check(id, 'fail', `${sdk.title} stops: ${resolution.why}`)
  if (resolution.kind === 'none') return check(id, 'warn', `${sdk.title} finds no keys`)
  return check(id, 'ok', `${sdk.title}: ${takenWords(resolution)}`)
}

function takenWords(resolution: Exclude<Taken['resolution'], { kind: 'error' | 'none' }>): string {
  const place = placeOf(resolution)
  if (resolution.kind === 'asked') return place
  const { accessKeyId, sessionToken } = resolution.keys
  return `${place}, ${shownId(accessKeyId)}${sessionToken === undefined ? '' : ' with a session token'}`
}

function agreementCheck(taken: readonly Taken[]): Check {
  const groups = new Map<string, readonly Taken[]>()
  for (const one of taken) groups.set(identityOf(one.resolution), [...(groups.get(identityOf(one.resolution)) ?? []), one])
  if (groups.size === 1) return check('credentials.agreement', 'ok', 'all SDKs take the same keys')
  const rows = [...groups.values()].map((group) => ({
    titles: group.map(({ sdk }) => sdk.title).join(', '),
    words: outcomeWords(group[0]!),
  }))
  // One place, read in two ways.
  const twice = (words: string): boolean => rows.filter((row) => row.words === words).length > 1
  const detail = rows.map(({ titles, words }) => `${titles}: ${words}${twice(words) ? ', each read in another way' : ''}`)
  return check('credentials.agreement', 'warn', 'the SDKs on this machine do not take the same keys', {
    detail: [...detail, ...(isProfileBeforePair(taken) ? [JAVASCRIPT_WARNS] : [])],
  })
}

/** JavaScript takes the profile that AWS_PROFILE names, where all others take the pair of the environment. */
function isProfileBeforePair(taken: readonly Taken[]): boolean {
  const sources = taken.map(({ sdk, resolution }) => [sdk.id, 'source' in resolution ? resolution.source : undefined] as const)
  return (
    sources.some(([id, source]) => id === 'botocore' && source === 'environment') &&
    sources.some(([id, source]) => id === 'javascript-v3' && source !== 'environment')
  )
}

function outcomeWords({ resolution }: Taken): string {
  if (resolution.kind === 'error') return `stop, ${resolution.why}`
  return resolution.kind === 'none' ? 'find no keys' : takenWords(resolution)
}

/** What is passed over matters where it was meant: other keys in the environment, in the same profile, or another secret for the same ID. */
function shadowedCheck(machine: Machine, taken: readonly Taken[]): Check {
  const lines = passedOver(machine, taken)
  const twofold = twoSecrets(machine, taken)
  if (twofold.length > 0)
    return check('credentials.shadowed', 'fail', 'there are two secrets for one access key ID, and one of them is wrong', {
      detail: [...twofold, ...lines],
    })
  if (lines.length === 0) return check('credentials.shadowed', 'ok', 'no other keys are passed over')
  return check('credentials.shadowed', 'warn', 'other keys are passed over', { detail: lines })
}

function passedOver(machine: Machine, taken: readonly Taken[]): readonly string[] {
  const titles = new Map<string, readonly string[]>()
  for (const { sdk, resolution } of taken) {
    if (resolution.kind !== 'keys' && resolution.kind !== 'asked') continue
    for (const pair of pairsOn(machine, sdk).filter((one) => isMeant(one, resolution) && differs(one, resolution))) {
      const line = `${placeOf(resolution)} wins over ${placeOf(pair)} (${shownId(pair.keys.accessKeyId)})`
      titles.set(line, [...(titles.get(line) ?? []), sdk.title])
    }
  }
  return [...titles].map(([line, sdks]) => `${line}: ${sdks.join(', ')}`)
}

function isMeant(pair: Pair, resolution: Taken['resolution']): boolean {
  if (pair.source === 'environment') return true
  return 'profile' in resolution && resolution.profile !== undefined ? pair.profile === resolution.profile : pair.profile === 'default'
}

function differs(pair: Pair, resolution: Taken['resolution']): boolean {
  return resolution.kind !== 'keys' || identityOf({ kind: 'keys', source: pair.source, keys: pair.keys }) !== identityOf(resolution)
}

function twoSecrets(machine: Machine, taken: readonly Taken[]): readonly string[] {
  const lines = new Set<string>()
  for (const { sdk } of taken) {
    const first = new Map<string, Pair>()
    for (const pair of pairsOn(machine, sdk)) {
      const { accessKeyId, secretAccessKey } = pair.keys
      const other = first.get(accessKeyId)
      if (other === undefined) first.set(accessKeyId, pair)
      else if (other.keys.secretAccessKey !== secretAccessKey)
        lines.add(`${shownId(accessKeyId)} has one secret in ${placeOf(other)}, another in ${placeOf(pair)}`)
    }
  }
  return [...lines]
}

const JAVASCRIPT_WARNS = 'JavaScript says that a later version may take the pair of the environment, too: set one of the two.'
