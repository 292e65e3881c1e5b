/** The tools of each system that say whether the clock is kept. They only read; none asks another machine. */
import type { System } from '../check.js'

export const CLOCK_COMMANDS: Readonly<Record<System, readonly (readonly [program: string, ...args: string[]])[]>> = {
  linux: [['timedatectl'], ['chronyc', '-n', 'tracking'], ['ntpq', '-pn']],
  macos: [
    ['chronyc', '-n', 'tracking'],
    ['ntpq', '-pn'],
  ],
  windows: [['w32tm', '/query', '/status']],
}
