/** The tools of each system that say whether the clock is kept. They only read. */
import type { System } from '../check.js'

export const CLOCK_COMMANDS: Readonly<Record<System, readonly (readonly [program: string, ...args: string[]])[]>> = {
  linux: [['timedatectl'], ['chronyc', '-n', 'tracking'], ['ntpq', '-pn']],
  macos: [
    ['chronyc', '-n', 'tracking'],
    ['ntpq', '-pn'],
  ],
  windows: [['w32tm', '/query', '/status']],
}

/** Tools that ask another machine for the time. */
export const ASKING_COMMANDS: typeof CLOCK_COMMANDS = { linux: [], macos: [['sntp', '-t', '2', 'time.apple.com']], windows: [] }
