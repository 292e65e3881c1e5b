/** A finding in a few lines of plain text, for formats that show one text in a box. */
import type { Finding } from '../diagnosis/index.js'
import { diffLines } from './edit.js'
import { linePairs } from './frame.js'
import type { CleanDiagnosis } from './redaction/clean-diagnosis.js'
import { visible, visibleLines } from './redaction/visible.js'
import { VERDICTS } from './verdict.js'
import { appliesToText, causesText, certainty } from './wording.js'

/** "proven: signed differently (path-encoded-twice)". */
export function verdictOf(finding: Finding): string {
  return `${certainty(finding)}: ${VERDICTS[finding.class]} (${causesText(finding)})`
}

/** What, the two values, proof, fix, what not to do; a line each. */
export function briefLines(finding: Finding, clean: CleanDiagnosis): readonly string[] {
  const { labels, proof, fixes, wrongFixes, grounds, causes } = finding
  const [label] = labels
  const [pair] = label === undefined ? [] : linePairs(label.calculated, label.signed)
  const [fix] = fixes
  const edit = fix === undefined ? undefined : clean.edit(fix)
  const where = edit !== undefined ? `${edit.file}:${edit.line}` : fix === undefined ? undefined : appliesToText(fix)
  const place = label?.from ?? proof.from
  return [
    visible(finding.what),
    ...(place === undefined ? [] : [`at ${visible(clean.lineOf(place))}`]),
    ...(pair?.[1] === undefined ? [] : [`you signed        ${visible(pair[1])}`]),
    ...(pair?.[0] === undefined ? [] : [`service received  ${visible(pair[0])}`]),
    proof.level === 'none' ? `Not proven: ${visible(grounds[0] ?? 'it fits the evidence')}` : `Proof: ${visible(proof.statement)}`,
    ...(fix === undefined ? [] : [`Fix: ${visible(fix.title)}${where === undefined ? '' : ` (${visible(where)})`}`]),
    ...(edit === undefined ? [] : diffLines(edit).map((line) => `    ${visible(line)}`)),
    ...(fix?.command === undefined
      ? []
      : visibleLines(fix.command)
          .split('\n')
          .map((line) => `    ${line}`)),
    ...(wrongFixes.length === 0
      ? []
      : [
          `Don't: ${wrongFixes
            .slice(0, MOST_WRONG_FIXES)
            .map(({ title }) => visible(title))
            .join('; ')}`,
        ]),
    `More: countersign explain ${causes[0]}`,
  ]
}

const MOST_WRONG_FIXES = 2
