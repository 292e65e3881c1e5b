/** Whether a text shows a secret: whole or a part of it, in any spelling, also torn apart by folding and markup. */

/** The first stretch of it that the text shows. */
export function seenOf(secret: string, text: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour is what is taken out
  const joined = text.replace(/\u001b\[[0-9;]*m|<\/?mark>|[\s\\╌^\u2060]+/g, '')
  for (const stretch of stretches(secret)) if (text.includes(stretch) || joined.includes(stretch)) return stretch
  return undefined
}

function stretches(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, 'latin1')
  const once = encodeURIComponent(secret)
  const hex = bytes.toString('hex')
  return [
    ...[secret, once, encodeURIComponent(once), once.toLowerCase(), secret.toUpperCase()].flatMap((spelling) => parts(spelling, 1)),
    ...parts(hex, 2),
    ...parts(hex.replace(/..(?=.)/g, '$& '), 3),
  ]
}

/** Parts of twelve characters, each written with so many. */
function parts(spelling: string, width: number): string[] {
  const [part, step] = [12 * width, 6 * width]
  if (spelling.length <= part) return [spelling]
  return Array.from({ length: Math.ceil((spelling.length - part) / step) + 1 }, (_, i) => {
    const at = Math.min(i * step, spelling.length - part)
    return spelling.slice(at, at + part)
  })
}
