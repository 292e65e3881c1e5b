/** A product between client and service: the configuration that changes nothing, and the mistakes that people make in it. */
import type { RunningProxy } from '../../lab/proxies/process.ts'
import type { Configured, Places } from '../../lab/proxies/proxy.ts'

/** A line of the faithful configuration, and what stands there instead; the first is empty where a line is added. */
export type Slip = readonly [right: string, wrong: string]

export interface Intermediary {
  readonly name: string
  /** Debian's packages. */
  readonly debian?: readonly string[]
  /** A package of PyPI with its version, into the folder that the lab has its proxies in. */
  readonly wheel?: string
  /** What else has to be done to have it. */
  install?(): void
  /** CI has it. */
  readonly inCi?: true
  /** Prints its version. */
  readonly version: readonly string[]
  /** Lines that change nothing of what clients sign, as far as the product has such. */
  readonly faithful: string
  /** A line of them; what is added stands before it. */
  readonly anchor: string
  /** "default" is what its documentation begins with. */
  readonly mistakes: Readonly<Record<string, Slip | readonly Slip[]>>
  start(configured: Configured, places: Places): Promise<RunningProxy>
}

export function slipsOf(mistake: Slip | readonly Slip[]): readonly Slip[] {
  return typeof mistake[0] === 'string' ? [mistake as Slip] : (mistake as readonly Slip[])
}

/** The configuration with a mistake in it. */
export function mistaken({ name, faithful, anchor, mistakes }: Intermediary, mistake: string): string {
  return slipsOf(mistakes[mistake]!).reduce((lines, [right, wrong]) => {
    const [found, instead] = right === '' ? [anchor, `${wrong}\n${anchor}`] : [right, wrong]
    const at = lines.indexOf(found)
    if (at < 0) throw new Error(`${name}/${mistake}: ${JSON.stringify(found)} does not stand in the faithful configuration`)
    return lines.slice(0, at) + instead + lines.slice(at + found.length)
  }, faithful)
}
