/** What was read from a machine. Judging it needs nothing else. */
import type { System } from './check.js'

export interface Machine {
  readonly system: System
  readonly env: Environment
  /** The profile that was asked for on the command line. */
  readonly profile?: string
  readonly credentials: SharedFile
  readonly config: SharedFile
  /** The time of this machine's clock, milliseconds since 1970. */
  readonly now: number
}

export type Environment = Readonly<Record<string, string | undefined>>

/** A file of the shared AWS settings, as it was found. */
export interface SharedFile {
  readonly path: string
  /** Its bytes, one character a byte. Absent where it could not be read. */
  readonly text?: string
  /** Why there is no text: `absent` is no fault. */
  readonly problem?: 'absent' | 'no permission' | 'a folder' | 'too large' | 'unreadable'
  readonly othersCanRead?: boolean
}
