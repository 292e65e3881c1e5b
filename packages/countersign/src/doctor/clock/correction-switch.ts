/** Whether the SDKs may correct the clock: a variable and a setting switch it off. */
import type { Machine } from '../machine.js'
import { chosenSettings } from '../settings/chosen-settings.js'

/** What switches it off, in words; `undefined` where nothing does. */
export function correctionOff(machine: Machine): string | undefined {
  if (isTrue(machine.env[VARIABLE])) return VARIABLE
  return isTrue(chosenSettings(machine).get(SETTING)) ? `the setting ${SETTING}` : undefined
}

function isTrue(value: string | undefined): boolean {
  return value?.trim().toLowerCase() === 'true'
}

const VARIABLE = 'AWS_DISABLE_CLOCK_SKEW_CORRECTION'
const SETTING = 'disable_clock_skew_correction'
