/**
 * The repairs of a finding for the one who asks: first those for what the evidence names, then what holds for all; values that the
 * case holds are filled in, and what stands in the evidence already is not offered.
 */
import { askerOf, type CaseFile, settingsOf, valuesKnown } from '../case/index.js'
import { type CauseId, SETTING_NAMES, SUBJECTS, type Subject, type SubjectKind } from '../catalog/index.js'
import type { Fix } from '../causes/index.js'
import { statementsOf } from '../text/index.js'
import { withEdits } from './fix-edits.js'

/**
 * Of each fault the first repair, then the rest: together they are one repair, and half of it mends nothing.
 * @param causes Whose repairs they are, in the same order.
 */
export function fittingFixes(file: CaseFile, ofEach: readonly (readonly Fix[])[], causes: readonly CauseId[] = []): readonly Fix[] {
  const asker = askerOf(file)
  const values = valuesKnown(file)
  const standing = new Set(
    settingsOf(file).flatMap(({ written, value }) => (written === undefined ? [] : [spelled({ name: written, value })])),
  )
  const fitted = ofEach.map((fixes, i) => {
    const open = inOrder(fixes, asker)
      .map((fix) => filled(fix, values))
      .filter((fix) => !standsAlready(fix, standing))
    return withEdits(file, causes[i], open, fixes)
  })
  return onceEach([...fitted.flatMap(([first]) => (first === undefined ? [] : [first])), ...fitted.flatMap(([, ...rest]) => rest)])
}

/**
 * Those for the asker first, then those for all, then those for what the evidence says nothing of. Ones for other clients, other proxies and
 * so on go where one of their kind fits, else they come last.
 */
function inOrder(fixes: readonly Fix[], asker: ReadonlySet<Subject>): readonly Fix[] {
  const known = new Set([...asker].map(questionOf))
  const fits = fixes.map((fix) => ({ fix, fit: fitOf(fix, asker, known) }))
  const answered = new Set(fits.flatMap(({ fix, fit }) => (fit > FOR_ALL ? questionsOf(fix) : [])))
  return fits
    .filter(({ fix, fit }) => fit !== OF_OTHERS || !questionsOf(fix).some((question) => answered.has(question)))
    .sort((a, b) => placeOf(b) - placeOf(a))
    .map(({ fix }) => fix)
}

const OF_OTHERS = 0
/** For a client, a proxy or a system, and the evidence names none. */
const OF_UNNAMED = 1
const FOR_ALL = 2
const OF_LANGUAGE = 3
const EXACTLY = 4

/** How well a repair fits: a library of the asker's language is nearer than another language, and farther than the asker's own. */
function fitOf(fix: Fix, asker: ReadonlySet<Subject>, known: ReadonlySet<SubjectKind>): number {
  const { appliesTo = [] } = fix
  if (appliesTo.length === 0) return FOR_ALL
  if (!questionsOf(fix).some((question) => known.has(question))) return OF_UNNAMED
  if (appliesTo.some((subject) => asker.has(subject))) return EXACTLY
  const languages = appliesTo.map((subject) => SUBJECTS[subject].language)
  return languages.some((language) => language !== undefined && asker.has(language)) ? OF_LANGUAGE : OF_OTHERS
}

/** That a repair is for the service that was asked says that it works, and not that it is better than another. */
function placeOf({ fix, fit }: { readonly fix: Fix; readonly fit: number }): number {
  return fit > FOR_ALL && questionsOf(fix).every((question) => question === 'service') ? FOR_ALL : fit
}

function questionsOf({ appliesTo = [] }: Fix): readonly SubjectKind[] {
  return appliesTo.map(questionOf)
}

/** A client and its language are one question. */
function questionOf(subject: Subject): SubjectKind {
  const { kind } = SUBJECTS[subject]
  return kind === 'language' ? 'client' : kind
}

/** With the values that the case holds. */
function filled(fix: Fix, values: ReadonlyMap<string, string>): Fix {
  const fill = (text: string): string =>
    text.replace(PLACEHOLDER, (whole, name: string, at: number) => {
      const value = values.get(name)
      if (value === undefined) return whole
      return /[?&*!()]/.test(value) && !/["'`]/.test(text.charAt(at - 1)) ? `'${value}'` : value
    })
  const [title, command] = [fill(fix.title), fix.command === undefined ? undefined : fill(fix.command)]
  const open = /<[a-z][^<>\n]{0,60}>/i.test(`${title} ${command ?? ''}`)
  const applicability = fix.applicability === 'has-placeholders' && !open ? 'exact' : fix.applicability
  return { ...fix, title, applicability, ...(command !== undefined && { command }) }
}

/** Whether every setting that a repair makes is so already. */
function standsAlready({ command }: Fix, standing: ReadonlySet<string>): boolean {
  if (command === undefined || standing.size === 0) return false
  const made = statementsOf(command, (name) => SETTING_NAMES.has(name))
  return made.length > 0 && made.every((one) => standing.has(spelled(one)))
}

function spelled({ name, value }: { readonly name: string; readonly value: string }): string {
  return `${name}=${value}`.toLowerCase()
}

function onceEach(fixes: readonly Fix[]): readonly Fix[] {
  const known = new Set<string>()
  return fixes.filter(({ title, command }) => {
    const key = `${title}\n${command}`
    if (known.has(key)) return false
    known.add(key)
    return true
  })
}

const PLACEHOLDER = /<([a-z][a-z ]{0,30})>/g
