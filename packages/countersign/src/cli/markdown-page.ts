/** The page of a cause for a terminal: its sections folded, commands alone on their lines, nothing of the repository. */
import { type Page, visible } from '../report/index.js'

export interface Section {
  readonly heading: string
  readonly markdown: string
}

/** The sections of a page that say something to a person outside the repository. */
export function sectionsOf(page: string): readonly Section[] {
  return page
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n')
      return { heading: part.slice(0, end).trim(), markdown: part.slice(end).trim() }
    })
    .filter(({ heading, markdown }) => heading !== INSIDE && markdown !== '')
}

/** Prints a section. */
export function printSection(page: Page, { heading, markdown }: Section): void {
  page.gap()
  page.line(page.in('label', HEADINGS[heading] ?? heading))
  const table: string[][] = []
  for (const line of withoutPairs(markdown.split('\n'))) {
    if (line.startsWith('|')) table.push(cellsOf(line))
    else if (line.startsWith('- ')) item(page, line.slice(2))
    else if (line !== '') page.fold('  ', inline(line))
  }
  // The second row of a table is its rule.
  const [names = [], , ...rows] = table
  for (const row of rows)
    page.fold(
      '  - ',
      row
        .map((cell, i) => (i === 0 ? inline(cell) : cell === '' ? '' : `${names[i]}: ${inline(cell)}`))
        .filter((cell) => cell !== '')
        .join('; '),
    )
}

/** A line of a list; the command it ends with stands alone. */
function item(page: Page, text: string): void {
  const at = text.endsWith('`') ? text.lastIndexOf(': `') : -1
  if (at < 0) {
    if (!RELATIVE_LINK.test(text)) page.fold('  - ', inline(text))
    return
  }
  page.fold('  - ', `${inline(text.slice(0, at))}:`)
  for (const line of withoutFence(text.slice(at + 2)).split('\\n')) page.line(`      ${page.in('command', visible(line))}`)
}

function withoutFence(code: string): string {
  return code.replace(/^`{1,5} ?/, '').replace(/ ?`{1,5}$/, '')
}

function inline(text: string): string {
  return visible(
    text
      .replace(/\[([^[\]]{0,300})\]\((https?:[^()]{0,500})\)/g, '$1 ($2)')
      .replace(/\[([^[\]]{0,300})\]\([^()]{0,500}\)/g, '$1')
      .replace(/<(https?:[^<>]{0,500})>/g, '$1')
      .replace(/(`{1,5})([^`]{1,1000})\1/g, '$2')
      .replace(/\\([|$&.*_<>[\]`~])/g, '$1'),
  )
}

function cellsOf(row: string): string[] {
  return row
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim())
}

/** The same address twice is one. */
function withoutPairs(lines: readonly string[]): readonly string[] {
  return lines.filter((line, i) => !line.startsWith('- <') || lines.indexOf(line) === i)
}

const INSIDE = 'How it is proven'
/** A document that the reader may not have. */
const RELATIVE_LINK = /^\[[^[\]]{0,300}\]\((?!https?:)[^()]{0,500}\)\.?$/
const HEADINGS: Readonly<Record<string, string>> = { 'Looks right but is not': "Don't", Check: 'Verify' }
