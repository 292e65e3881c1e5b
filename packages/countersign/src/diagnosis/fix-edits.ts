/**
 * A repair as a change of a line of the user's own: in code and configuration where a rule knows what must stand there, and where a
 * setting has a value that the repair knows as the wrong one, or sets otherwise. Nothing where two places could be meant.
 */
import { type CaseFile, type Clue, type Mend, type Observation, type Setting, settingsOf } from '../case/index.js'
import { type CauseId, SETTING_NAMES, SETTINGS_SET } from '../catalog/index.js'
import type { Fix } from '../causes/index.js'
import { statementsOf } from '../text/index.js'

/**
 * The repairs of one cause; first the one that is a change of a line, if one is.
 * @param all Those for other clients, too: the wrong value of a setting is wrong for all.
 */
export function withEdits(file: CaseFile, cause: CauseId | undefined, fixes: readonly Fix[], all: readonly Fix[]): readonly Fix[] {
  const settings = ownSettings(file)
  const known = [...all.filter(({ sets }) => sets !== undefined), ...fixes]
  const edits = known.flatMap((fix) => {
    const edit = settingEdit(fix, settings)
    return edit === undefined ? [] : [{ fix, edit }]
  })
  const best = edits[0] ?? (cause === undefined ? undefined : mendedByClue(file, cause, fixes))
  const plain = fixes.filter(({ title, command }) => title !== best?.fix.title || command !== best.fix.command).map(withoutSets)
  return best === undefined ? plain : [{ ...withoutSets(best.fix), edit: best.edit }, ...plain]
}

function withoutSets({ sets: _, ...fix }: Fix): Fix {
  return fix
}

/** A setting whose value stands in a file so. */
type SettingSeen = Setting & Required<Pick<Setting, 'written' | 'stands'>>

/** Settings in files that hold nothing of a request: in a log they tell what was, and are not to be edited. */
function ownSettings(file: CaseFile): readonly SettingSeen[] {
  const logs = new Set(file.observations.filter(({ kind }) => OF_REQUESTS.has(kind)).map(({ location }) => location.source))
  return settingsOf(file).flatMap(({ written, stands, ...one }) =>
    written === undefined || stands === undefined || logs.has(stands.at.source) ? [] : [{ ...one, written, stands }],
  )
}

/** The one place where the wrong value stands, or where the setting that a repair makes has another one. */
function settingEdit({ sets, command }: Fix, settings: readonly SettingSeen[]): Mend | undefined {
  if (sets !== undefined) {
    const { what, from, to } = sets
    return onlyPlace(
      settings.filter(({ written, value }) => SETTINGS_SET[what].has(written) && value === from).map((one) => mendOf(one, to)),
    )
  }
  const [made, second] = command === undefined ? [] : statementsOf(command, (name) => SETTING_NAMES.has(name))
  if (made === undefined || second !== undefined || /[<>$]/.test(made.value) || KNOWN_BY_VALUE.has(made.name)) return undefined
  const same = settings.filter(({ written }) => written === made.name)
  return same.length > 1 ? undefined : onlyPlace(same.filter(({ value }) => value !== made.value).map((one) => mendOf(one, made.value)))
}

function mendOf({ stands }: SettingSeen, to: string): Mend {
  // Python writes True where YAML writes true.
  const value = /^(?:True|False)$/.test(stands.from) ? to.replace(/^[tf]/, (letter) => letter.toUpperCase()) : to
  return { ...stands, to: value }
}

/** What a rule about this cause knows to the letter goes with the repair for its hop, else with the first. */
function mendedByClue(file: CaseFile, cause: CauseId, fixes: readonly Fix[]): { readonly fix: Fix; readonly edit: Mend } | undefined {
  const clues = file.observations.filter((seen): seen is Clue => seen.kind === 'clue' && seen.about === cause && seen.mend !== undefined)
  const mend = onlyPlace(clues.map(({ mend }) => mend!))
  if (mend === undefined) return undefined
  const hop = clues[0]?.values['hop']
  const fix = fixes.find(({ appliesTo = [] }) => appliesTo.some((subject) => subject === hop)) ?? fixes[0]
  return fix === undefined ? undefined : { fix, edit: mend }
}

function onlyPlace(mends: readonly Mend[]): Mend | undefined {
  const [first] = mends
  return first !== undefined && mends.every(({ at }) => at.source === first.at.source && at.start === first.at.start) ? first : undefined
}

const OF_REQUESTS: ReadonlySet<Observation['kind']> = new Set<Observation['kind']>([
  ...([
    'request',
    'request-line',
    'response',
    'error',
    'stated',
    'canonical-request',
    'string-to-sign',
    'signature',
    'authorization',
  ] as const),
])
/** Of these a value says nothing unless it is the wrong one of the case; of directives there are many. */
const KNOWN_BY_VALUE: ReadonlySet<string> = new Set([
  ...Object.values(SETTINGS_SET).flatMap((names) => [...names]),
  ...['proxy_set_header', 'proxy_pass', 'header_up', 'profile', 'aws_profile', 'proxypass', 'reverse_proxy'],
])
