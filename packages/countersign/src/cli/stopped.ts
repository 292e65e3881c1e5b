/** The end of a command that serves until it is told to end. */
import type { Io } from './terminal-rules.js'

/** Ctrl-C, or the word of a supervisor. */
export function stopped(io: Io): Promise<void> {
  return new Promise((resolve) => {
    const offs = [io.onInterrupt(end), io.onTerminate?.(end)]
    function end(): void {
      for (const off of offs ?? []) off?.()
      resolve()
    }
  })
}
