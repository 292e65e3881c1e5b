/** What a terminal shows, as a picture: text with the colours of SGR escapes becomes SVG. Nothing in it is fetched. */

export interface Picture {
  /** For those who cannot see it. */
  readonly title: string
  /** Of the whole picture, in characters. */
  readonly columns: number
}

/** Text in one look. */
interface Stretch {
  readonly text: string
  readonly classes: readonly string[]
}

/** The lines as a dark window of monospace text. */
export function ansiToSvg(ansi: string, { title, columns }: Picture): string {
  const lines = ansi.replace(/\n$/, '').split('\n')
  const [width, height] = [Math.ceil(columns * ADVANCE) + 2 * MARGIN, lines.length * LEADING + 2 * MARGIN + BAR]
  const texts = lines.flatMap((line, i) => {
    const spans = stretches(line).map(({ text, classes }) =>
      classes.length === 0 ? escaped(text) : `<tspan class="${classes.join(' ')}">${escaped(text)}</tspan>`,
    )
    return line === '' ? [] : [`<text x="${MARGIN}" y="${BAR + MARGIN + i * LEADING + SIZE}">${spans.join('')}</text>`]
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="t">
<title id="t">${escaped(title)}</title>
<style>
text{font:${SIZE}px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#d7dce2;white-space:pre}
${Object.entries(COLOURS)
  .map(([name, colour]) => `.${name}{fill:${colour}}`)
  .join('')}.bold{font-weight:700}.dim{fill:#8b949e}
</style>
<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>
<g fill="#30363d">${[0, 1, 2].map((i) => `<circle cx="${MARGIN + 6 + i * 18}" cy="${BAR / 2 + 6}" r="5.5"/>`).join('')}</g>
<g xml:space="preserve">
${texts.join('\n')}
</g>
</svg>
`
}

function stretches(line: string): readonly Stretch[] {
  const found: Stretch[] = []
  let classes: readonly string[] = []
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes are what is read
  for (const part of line.split(/(\u001b\[[0-9;]*m)/)) {
    if (part.startsWith('\u001b')) classes = part.slice(2, -1).split(';').reduce(after, classes)
    else if (part.includes('\u001b')) throw new Error(`an escape that is no colour: ${JSON.stringify(part)}`)
    else if (part !== '') found.push({ text: part, classes })
  }
  return found
}

/** The look after one more code. */
function after(classes: readonly string[], code: string): readonly string[] {
  if (code === '0' || code === '') return []
  const name = CODES[code]
  if (name === undefined) throw new Error(`no look for the code ${code}; add it to tools/generate/ansi-to-svg.ts`)
  return [...classes, name]
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}

const COLOURS = { red: '#ff7b72', green: '#7ee787', yellow: '#e3b341', cyan: '#79c0ff' }
const CODES: Readonly<Record<string, string>> = { 1: 'bold', 2: 'dim', 31: 'red', 32: 'green', 33: 'yellow', 36: 'cyan' }
const SIZE = 14
const LEADING = 21
/** Of most monospace fonts; a narrower one leaves room at the right. */
const ADVANCE = SIZE * 0.602
const MARGIN = 20
const BAR = 26
