/**
 * The HTTP status that stands with an error: in the status line before it, or in the sentence an SDK prints.
 */

/** The status in the nearest status line or status words before `at`, within 2000 bytes; `undefined` where there is none. */
export function statusNear(text: string, at: number): number | undefined {
  const before = text.slice(Math.max(0, at - 2000), at)
  let found: number | undefined
  for (const match of before.matchAll(STATUS)) found = Number(match[1] ?? match[2])
  return found
}

/** The status a line of error text names; `undefined` where it names none. */
export function statusIn(line: string): number | undefined {
  const match = STATUS_WORDS.exec(line)
  return match === null ? undefined : Number(match[1] ?? match[2] ?? match[3])
}

const STATUS = /HTTP\/[\d.]{1,3} ([1-5]\d\d)\b|\bstatus(?:[ _]?code)?["']?\s?[:=]\s?([1-5]\d\d)\b/gi
const STATUS_WORDS =
  /\bstatus(?:[ _]?code)?["']?\s?[:=]?\s?([1-5]\d\d)\b|\bHTTP(?:\/[\d.]{1,3})? ([1-5]\d\d)\b|^\s{0,20}(?:[A-Z][\w -]{0,60}: )?\(?([345]\d\d)\)?(?=[ :]|$)/i
