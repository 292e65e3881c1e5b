import type { RunningProxy } from './process.ts'

export interface Places {
  /** Where requests go on. */
  readonly to: number
  /** Where a redirect leads. */
  readonly aside: number
  readonly folder: string
}

export interface StandsBetween {
  /** It changes what some request signed, or answers some itself. */
  readonly breaks: boolean
  /** It shows with odd keys only. */
  readonly odd: boolean
  start(places: Places): Promise<RunningProxy>
}

/** Misconfigurations by name: the lines that make them, after a mark for what shows with odd keys only. */
export function proxiesOf(
  product: string,
  faults: Readonly<Record<string, Misconfigured>>,
  start: (given: Configured, places: Places) => Promise<RunningProxy>,
): Readonly<Record<string, StandsBetween>> {
  const entries = Object.entries(faults).map(([name, given]) => {
    const proxy: StandsBetween = { breaks: given.harmless !== true, odd: given.odd === true, start: (places) => start(given, places) }
    return [`${product}/${name}`, proxy] as const
  })
  return Object.fromEntries(entries)
}

export interface Configured {
  /** What differs from configuration to configuration, in the product's own words; `ASIDE` is where a redirect leads. */
  readonly lines: string
}

export interface Misconfigured extends Configured {
  readonly odd?: true
  readonly harmless?: true
}
