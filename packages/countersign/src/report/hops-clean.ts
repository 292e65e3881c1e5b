/** What `hops` found made fit to be shown: the same gate as that of a diagnosis. */
import type { Fix } from '../causes/index.js'
import type { Finding } from '../diagnosis/index.js'
import type { HopFinding, HopsCompared, JudgedChange } from '../hops/index.js'
import type { Location } from '../text/index.js'
import type { EditShown } from './edit.js'
import { type CleanDiagnosis, cleanDiagnosis, type ReportOptions } from './redaction/clean-diagnosis.js'

export interface CleanHops {
  text(text: string): string
  target(target: string): string
  values(change: JudgedChange): { readonly before?: string; readonly after?: string }
  lineOf(location: Location): { readonly file: string; readonly line: number | undefined }
  /** The change of a line of a hop's configuration that mends it. */
  edit(finding: HopFinding): EditShown | undefined
  /** Other repairs, the likeliest first. */
  fixes(finding: HopFinding): readonly Fix[]
  finished(report: string): string
}

export function cleanHops(compared: HopsCompared, options: ReportOptions): CleanHops {
  const { unspoken, credentials, privateNames } = compared
  const clean = cleanDiagnosis({ ...NOTHING, unspoken, credentials, privateNames }, options)
  return {
    text: clean.clean,
    target: (target) => clean.clean(withoutSignature(target)),
    values: ({ part, before, after }) => {
      const shown = (text: string): string => clean.clean(part === 'path' || part === 'query' ? withoutSignature(text) : text)
      return { ...(before === undefined ? {} : { before: shown(before) }), ...(after === undefined ? {} : { after: shown(after) }) }
    },
    lineOf: (location) => ({ file: clean.clean(location.source), line: clean.lineNumber(location) }),
    edit: (finding) => editOf(finding, clean),
    fixes: ({ finding }) => (finding === undefined ? [] : fixesOf(finding)),
    finished: clean.finished,
  }
}

/** What a line of the configuration itself must be; else what the diagnosis found to edit. */
function editOf({ lines, finding }: HopFinding, clean: CleanDiagnosis): EditShown | undefined {
  for (const { clue } of lines) {
    const edit = clue.mend === undefined ? undefined : clean.edit({ title: '', applicability: 'exact', edit: clue.mend })
    if (edit !== undefined) return edit
  }
  for (const fix of finding?.fixes ?? []) {
    const edit = fix.edit === undefined ? undefined : clean.edit(fix)
    if (edit !== undefined) return edit
  }
  return undefined
}

function fixesOf({ fixes }: Finding): readonly Fix[] {
  return fixes.filter(({ edit }) => edit === undefined)
}

/** A presigned query could be sent by anybody. */
function withoutSignature(text: string): string {
  return text.replace(/((?:^|[?&])(?:X-Amz-(?:Signature|Security-Token|Credential)|Signature|AWSAccessKeyId)=)[^&]*/gi, '$1***')
}

const NOTHING = {
  outcome: 'nothing-read',
  requests: [],
  error: undefined,
  findings: [],
  ruledOut: [],
  wanted: [],
  next: undefined,
  search: { trials: 0, exhausted: false },
  notes: [],
} as const
