/** Proxies and what is wrong with their configuration. */
export interface Proxy {
  /** It changes what some request signed. */
  readonly breaks: boolean
  /** It shows with odd keys only. */
  readonly odd: boolean
  start(to: number, folder: string): Promise<RunningProxy>
}

export interface RunningProxy {
  readonly port: number
  /** Files that a person would post beside the log. */
  readonly configuration: readonly string[]
  end(): Promise<void>
}

export const PROXIES: Readonly<Record<string, Proxy>> = {}
