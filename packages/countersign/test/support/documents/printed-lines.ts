/** Whether something was printed as a document says, but for what differs from run to run. */

/** What differs from run to run, or with every cause that is added. */
const CHANGING: readonly (readonly [RegExp, string])[] = [
  [/\b\d{8}T\d{6}Z\b/g, 'DATE'],
  [/\b20\d{6}\b/g, 'DAY'],
  [/\b[0-9a-f]{64}\b/g, 'HASH'],
  [/\b[0-9A-F]{16}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'ID'],
  [/\b\d+(?= (?:other fix(?:es)?|causes ruled out)\b)/g, 'N'],
  [/\bduration_ms [\d.]+/g, 'duration_ms N'],
]

/** Whether all that was printed is what was wanted. */
export function isPrinted(wanted: readonly string[], lines: readonly string[]): boolean {
  return lengths(wanted, lines).includes(lines.length)
}

/** How many of the lines are the ones wanted, where they begin with them; `undefined` where they do not, or not yet. */
export function printedSoFar(wanted: readonly string[], lines: readonly string[]): number | undefined {
  return lengths(wanted, lines)[0]
}

/** After how many lines what was wanted has been printed: "..." may be any lines. */
function lengths(wanted: readonly string[], lines: readonly string[]): readonly number[] {
  let ends: ReadonlySet<number> = new Set([0])
  for (const line of wanted) {
    const next = new Set<number>()
    for (const end of ends) {
      if (line === '...') for (let i = end; i <= lines.length; i++) next.add(i)
      else if (end < lines.length && steady(lines[end]!) === steady(line)) next.add(end + 1)
    }
    ends = next
  }
  return [...ends].sort((a, b) => a - b)
}

function steady(line: string): string {
  return CHANGING.reduce((text, [changing, name]) => text.replace(changing, name), line.trimEnd())
}
