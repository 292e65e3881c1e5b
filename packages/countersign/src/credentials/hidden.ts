/** Where credentials stand in a text, by their names and by their forms, and the text without them. */
import { announcedValues } from './announced-values.js'
import { CREDENTIAL_FORMS } from './credential-forms.js'
import { derivedKeysIn } from './derived-keys.js'
import { type Hidden, type HiddenKind, PLACEHOLDERS } from './hidden-kind.js'
import { lineValues } from './line-values.js'
import { isPlainlyClean } from './plain-text.js'

/** All stretches, in order, none within another. Time is linear in the text. */
export function hiddenIn(text: string): readonly Hidden[] {
  return isPlainlyClean(text) ? NONE : hiddenByForms(text)
}

/** The same, whatever the text looks like. */
export function hiddenByForms(text: string): readonly Hidden[] {
  const found: Hidden[] = []
  for (const { kind, form, only } of CREDENTIAL_FORMS) {
    for (const match of text.matchAll(form)) {
      const hidden = match.groups?.['hidden'] ?? match[0]
      if (only !== undefined && !only(hidden)) continue
      const start = match.index + match[0].lastIndexOf(hidden)
      found.push({ start, end: start + hidden.length, kind })
    }
  }
  // A form says more of its kind than a name does, where both are of one stretch.
  for (const one of announcedValues(text)) found.push(one)
  for (const { start, value } of derivedKeysIn(text)) found.push({ start, end: start + value.length, kind: 'secret' })
  return apart(found)
}

/** All stretches that lines of evidence are shown without: besides those, what names and forms announce that are less sure. */
export function hiddenInLines(text: string): readonly Hidden[] {
  return apart([...hiddenIn(text), ...lineValues(text)])
}

function apart(stretches: readonly Hidden[]): readonly Hidden[] {
  const found = [...stretches].sort((a, b) => a.start - b.start || b.end - a.end)
  const kept: Hidden[] = []
  for (const one of found) {
    const last = kept.at(-1)
    if (last === undefined || one.start >= last.end) kept.push(one)
    else if (one.end > last.end) kept[kept.length - 1] = { ...last, end: one.end }
  }
  return kept
}

/** The text without its credentials. What was replaced once stays as it is. */
export function withoutCredentials(
  text: string,
  write: (kind: HiddenKind, value: string) => string = (kind) => PLACEHOLDERS[kind],
): string {
  if (isPlainlyClean(text)) return text
  let clean = ''
  let at = 0
  for (const { start, end, kind } of hiddenIn(text)) {
    const value = text.slice(start, end)
    // The lines of a text stay as many as they are.
    clean += text.slice(at, start) + write(kind, value) + value.replace(/[^\n]+/g, '')
    at = end
  }
  return clean + text.slice(at)
}

const NONE: readonly Hidden[] = []
