/** A page as wide as the terminal, so that no word of help or explanation is cut. */
import { Page } from '../report/index.js'
import { colourWanted, type Io } from './terminal-rules.js'

/** Words folded at the width of the terminal; 80 columns where standard output is no terminal. */
export function screen(io: Io, color?: Parameters<typeof colourWanted>[1]): Page {
  return new Page(colourWanted(io, color), columnsOf(io))
}

function columnsOf({ stdout: { isTTY, columns } }: Io): number {
  return isTTY === true && columns !== undefined ? Math.max(LEAST, Math.min(columns, MOST)) : USUAL
}

const LEAST = 60
const USUAL = 80
const MOST = 120
