/** Fingerprints of many machines, compared: which of them has another secret for the same access key ID. */

/** What `keys verify --format json` writes of one machine. */
export interface MachineKeys {
  /** The fingerprint of a text that all know: equal ones were made with the same key. */
  readonly keyedWith: string
  readonly keys: readonly KeyFingerprint[]
}

export interface KeyFingerprint {
  /** As far as it is shown. */
  readonly accessKeyId: string
  /** The fingerprint of the whole ID. */
  readonly id: string
  readonly secret: string
  readonly place: string
  /** What the service said to a signed probe: `accepted`, or its code. Absent: not asked, or no answer. */
  readonly probe?: string
}

export interface NamedMachine extends MachineKeys {
  readonly name: string
}

/** One access key ID for which machines have different secrets. */
export interface Divergence {
  readonly accessKeyId: string
  /** Those that agree and are the most, or whose secret the service accepts. Empty where it cannot be told who is right. */
  readonly agreeing: readonly string[]
  readonly others: readonly string[]
  /** Whether a probe says who is right: the secret of the others is stale, or was never right. */
  readonly probed: boolean
}

export function divergences(machines: readonly NamedMachine[]): readonly Divergence[] {
  const byId = new Map<string, (KeyFingerprint & { readonly machine: string })[]>()
  for (const { name, keys } of machines)
    for (const key of keys) {
      const list = byId.get(key.id)
      if (list === undefined) byId.set(key.id, [{ ...key, machine: name }])
      else list.push({ ...key, machine: name })
    }
  return [...byId.values()].flatMap((keys): readonly Divergence[] => {
    const secrets = new Map<string, Set<string>>()
    for (const { secret, machine } of keys) secrets.set(secret, (secrets.get(secret) ?? new Set()).add(machine))
    if (secrets.size < 2) return []
    const accepted = new Set(keys.filter(({ probe }) => probe === ACCEPTED).map(({ secret }) => secret))
    const [right] = accepted
    const most = [...secrets].sort((a, b) => b[1].size - a[1].size)
    const leading = accepted.size === 1 ? right : most[0]![1].size > most[1]![1].size ? most[0]![0] : undefined
    return [
      {
        accessKeyId: keys[0]!.accessKeyId,
        agreeing: leading === undefined ? [] : [...secrets.get(leading)!],
        others: most.filter(([secret]) => secret !== leading).flatMap(([, names]) => [...names]),
        probed: accepted.size === 1,
      },
    ]
  })
}

export const ACCEPTED = 'accepted'
