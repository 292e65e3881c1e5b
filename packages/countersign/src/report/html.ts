/**
 * The diagnosis as one HTML page: no script, nothing fetched, readable on a phone, in the dark and on paper. Every value in it is
 * escaped, and a policy in the page forbids whatever an error here might let through.
 */
import type { Fix, Label } from '../causes/index.js'
import type { ComparedLine, Diagnosis, Finding, RuledOut } from '../diagnosis/index.js'
import type { Location } from '../text/index.js'
import { differsUnseen, EMPTY, NO_LINE, type Run, runsOf, UNSEEN } from './compare.js'
import { diffLines, type EditShown } from './edit.js'
import { evidenceRead } from './evidence-read.js'
import { linePairs } from './frame.js'
import { STYLE } from './html-style.js'
import { PRODUCT } from './product.js'
import { type CleanDiagnosis, cleanDiagnosis, type ReportOptions } from './redaction/clean-diagnosis.js'
import { visible, visibleLines } from './redaction/visible.js'
import { VERDICTS } from './verdict.js'
import {
  appliesToText,
  capital,
  certainty,
  comparedSides,
  comparisonTells,
  headline,
  partText,
  plural,
  summaryLine,
  unexplained,
  verdictLine,
} from './wording.js'

/**
 * The report as one page without scripts or anything to load, with a line feed at its end.
 *
 * @param options What is hidden (`redact`: "safe" by default), the secrets you gave, the evidence for its places.
 * @example
 * ```js
 * import { diagnoseEvidence, renderHtml } from 'countersign'
 *
 * const diagnosis = diagnoseEvidence([{ name: 'message.txt', text: 'Signature expired: 20260303T081531Z is now earlier than 20260303T111031Z (20260303T111531Z - 5 min.)' }])
 * renderHtml(diagnosis).startsWith('<!doctype html>') // => true
 * ```
 * @public
 */
export function renderHtml(given: Diagnosis, options: ReportOptions = {}): string {
  const clean = cleanDiagnosis(given, options, true)
  const { diagnosis } = clean
  const accepted = diagnosis.outcome === 'accepted'
  const first = accepted ? undefined : diagnosis.findings[0]
  const others = diagnosis.findings.slice(first === undefined ? 0 : 1)
  const body = [
    head(diagnosis),
    first === undefined ? '' : `<section class="card first ${certainty(first)}">${whole(first, clean)}</section>`,
    diagnosis.outcome === 'unexplained' ? `<section class="card"><p>${sentence(unexplained(diagnosis))}.</p></section>` : '',
    comparisonBlock(clean),
    others.length === 0
      ? ''
      : `<section><h2>${accepted ? 'Refused first, then repaired by the client' : 'Also seen'}</h2>${others.map((finding) => folded(finding, clean)).join('')}</section>`,
    wantedBlock(diagnosis),
    ruledOutBlock(diagnosis),
    list('Notes', diagnosis.notes),
    evidenceBlock(clean, options),
    `<footer><p>${madeBy(options.now)} ${FOOTER[options.redact ?? 'safe']}</p></footer>`,
  ]
  return clean.finished(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${escaped(summaryLine(diagnosis))}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${body.filter((block) => block !== '').join('\n')}
</main>
</body>
</html>
`)
}

const BADGES: Readonly<Record<Diagnosis['outcome'], string>> = {
  accepted: 'accepted',
  proven: 'cause proven',
  likely: 'cause likely',
  unexplained: 'unexplained',
  'nothing-read': 'nothing read',
}

function head(diagnosis: Diagnosis): string {
  const badge = BADGES[diagnosis.outcome]
  const message = diagnosis.error?.message ?? ''
  return `<header><p class="badge ${diagnosis.outcome}">${badge}</p><h1>${title(diagnosis)}</h1>${
    diagnosis.findings.length === 0 ? '' : `<p class="quiet">${sentence(headline(diagnosis))}</p>`
  }${message === '' ? '' : `<p class="quiet">${escaped(visible(message))}</p>`}</header>`
}

/** The cause; how sure it is stands beside it, in the badge. */
function title(diagnosis: Diagnosis): string {
  const [first] = diagnosis.findings
  if (first === undefined || diagnosis.outcome === 'accepted') return sentence(verdictLine(diagnosis)[1])
  return sentence(`${VERDICTS[first.class]}: ${first.summary}`)
}

function whole(finding: Finding, clean: CleanDiagnosis): string {
  return [
    `<h2>${sentence(finding.what)}</h2>`,
    `<p class="ids">${capital(certainty(finding))}: ${finding.causes.map(code).join(' + ')} <span class="quiet">${escaped(finding.class)}</span></p>`,
    alternatives(finding),
    ...finding.labels.map((label) => labelBlock(label, clean)),
    '<dl>',
    entry(
      'Proof',
      `<strong>${escaped(finding.proof.level)}</strong>: ${escaped(visible(finding.proof.statement))}${placeNote(finding.proof.from, clean)}`,
    ),
    '</dl>',
    finding.proof.from === undefined ? '' : excerptBlock(finding.proof.from, clean),
    finding.fixes.length === 0
      ? ''
      : `<h3>Fix</h3><ul class="fixes">${finding.fixes.map((fix) => fixItem(fix, clean.edit(fix))).join('')}</ul>`,
    finding.wrongFixes.length === 0
      ? ''
      : `<h3>Don&#39;t</h3><ul class="wrong">${finding.wrongFixes
          .map(({ title, why }) => `<li><strong>${sentence(title)}:</strong> ${escaped(visible(why))}</li>`)
          .join('')}</ul>`,
    `<h3>Why</h3><p>${sentence(finding.why)}</p>`,
    finding.grounds.length === 0 ? '' : `<h3>Evidence</h3>${items(finding.grounds.map(sentence))}`,
    finding.check === '' ? '' : `<h3>Verify</h3><p>${sentence(finding.check)}</p>`,
    `<p class="quiet">More: ${finding.causes.map((cause) => code(`countersign explain ${cause}`)).join(', ')}</p>`,
  ].join('\n')
}

function folded(finding: Finding, clean: CleanDiagnosis): string {
  return `<details class="card ${certainty(finding)}"><summary>${capital(certainty(finding))}: ${finding.causes.map(code).join(' + ')}<br>${sentence(finding.what)}</summary>${whole(finding, clean)}</details>`
}

function alternatives({ alternatives: same }: Finding): string {
  return same.length === 0 ? '' : `<p>The bytes are the same for: ${same.map(code).join(', ')}</p>`
}

/** The two values under one another, what differs marked in both. */
function labelBlock(label: Label, clean: CleanDiagnosis): string {
  // Two descriptions in place of values differ in their words only.
  const described = DESCRIPTION.test(label.calculated) && DESCRIPTION.test(label.signed)
  const side = (line: ComparedLine, of: 'signer' | 'verifier'): string =>
    described ? `<i>${escaped(visible(line[of] ?? ''))}</i>` : sideHtml(line, of)
  const rows = linePairs(label.calculated, label.signed).map(([calculated, signed]) => {
    const same = calculated === signed
    const line: ComparedLine = {
      part: 'canonical-uri',
      same,
      ...(signed === undefined ? {} : { signer: signed }),
      ...(calculated === undefined ? {} : { verifier: calculated }),
    }
    return `<tr><th scope="row">service received</th><td>${side(line, 'verifier')}</td></tr><tr><th scope="row">you signed</th><td>${side(line, 'signer')}</td></tr>`
  })
  return `<figure><figcaption>${sentence(partText(label.part))}${placeNote(label.from, clean)}</figcaption><table class="frame">${rows.join('')}</table><p class="note">${escaped(visible(label.note))}</p>${
    label.from === undefined ? '' : excerptBlock(label.from, clean, true)
  }</figure>`
}

/** The lines of the user's own bytes, the one to look at marked. A place that is a whole text has none. */
function excerptBlock(place: Location, clean: CleanDiagnosis, open = false): string {
  const shown = clean.excerpt(place)
  if (shown.length === 0) return ''
  const one = shown.filter(({ marked }) => marked !== '').length === 1
  const lines = one
    ? shown
    : shown.map(({ number, before, marked, after }) => ({ number, before: `${before}${marked}${after}`, marked: '', after: '' }))
  const rows = lines.map(
    ({ number, before, marked, after }) =>
      `<tr${marked === '' ? '' : ' class="here"'}><th scope="row">${number}</th><td>${escaped(visible(before))}${marked === '' ? '' : `<mark>${escaped(visible(marked))}</mark>`}${escaped(visible(after))}</td></tr>`,
  )
  return `<details class="excerpt"${open ? ' open' : ''}><summary>In your file: ${escaped(clean.place(place))}</summary><table>${rows.join('')}</table></details>`
}

function comparisonBlock(clean: CleanDiagnosis): string {
  const { comparison } = clean.diagnosis
  if (comparison === undefined) return ''
  const rows = comparison.lines.map((line, i) => {
    const values = `<td data-side="signer">${sideHtml(line, 'signer')}</td><td data-side="verifier">${sideHtml(line, 'verifier')}</td>`
    return `<tr${line.same ? '' : ' class="differs"'}><th scope="row">${i + 1}</th>${values}</tr>`
  })
  return `<section><details class="card"${comparisonTells(clean.diagnosis) ? ' open' : ''}><summary><h2>Canonical requests, side by side</h2></summary>
<p class="quiet">${escaped(comparedSides(comparison, clean.place))}</p>
<table class="compare"><thead><tr><td></td><th scope="col">signer</th><th scope="col">verifier</th></tr></thead><tbody>${rows.join('')}</tbody></table></details></section>`
}

function sideHtml(line: ComparedLine, side: 'signer' | 'verifier'): string {
  if (line[side] === undefined) return `<i>${NO_LINE}</i>`
  const text = runsOf(line)
    .map((run: Run) => (run.same || run[side] === '' ? escaped(run[side]) : `<mark>${escaped(run[side])}</mark>`))
    .join('')
  if (text === '') return `<i>${EMPTY}</i>`
  return differsUnseen(line) ? `${text} <i>${UNSEEN}</i>` : text
}

function fixItem(fix: Fix, edit: EditShown | undefined): string {
  const { title, applicability, command } = fix
  if (edit !== undefined) {
    const lines = escaped(diffLines(edit).map(visible).join('\n'))
    return `<li>${sentence(title)} <span class="quiet">(${escaped(visible(`${edit.file}:${edit.line}`))})</span><pre tabindex="0">${lines}</pre></li>`
  }
  const appliesTo = appliesToText(fix)
  const where = appliesTo === undefined ? '' : ` <span class="tag">${escaped(visible(appliesTo))}</span>`
  const line = `${sentence(title)} <span class="quiet">(${APPLICABILITY[applicability]})</span>${where}`
  return `<li>${line}${command === undefined ? '' : `<pre tabindex="0">${escaped(visibleLines(command))}</pre>`}</li>`
}

function wantedBlock({ wanted }: Diagnosis): string {
  if (wanted.length === 0) return ''
  const lines = wanted.map(
    ({ what, decides, command }) =>
      `<li><strong>${sentence(what)}:</strong> ${escaped(visible(decides))}${command === undefined ? '' : `<pre tabindex="0">${escaped(visibleLines(command))}</pre>`}</li>`,
  )
  return `<section><h2>To be sure, add one of</h2><ul>${lines.join('')}</ul></section>`
}

function ruledOutBlock({ ruledOut, search }: Diagnosis): string {
  if (ruledOut.length === 0) return ''
  const of = (how: RuledOut['how']): string => {
    const all = ruledOut.filter((one) => one.how === how)
    if (all.length === 0) return ''
    const reasons = new Map<string, string[]>()
    for (const { cause, why } of all) reasons.set(why, [...(reasons.get(why) ?? []), cause])
    const lines = [...reasons].map(([why, causes]) => `<dt>${sentence(why)}</dt><dd>${causes.map(code).join(' ')}</dd>`)
    return `<h3>${HOW[how]}: ${plural(all.length, 'cause')}</h3><dl>${lines.join('')}</dl>`
  }
  const out = ruledOut.filter(({ how }) => how !== 'not-testable').length
  const trials = `<p class="quiet">${plural(search.trials, 'trial')}${search.exhausted ? ', which is the limit' : ''}.</p>`
  return `<section><details class="card ruled"><summary><h2>Ruled out: ${plural(out, 'cause')}; not tested: ${ruledOut.length - out}</h2></summary>${of('tested')}${of('check-order')}${of('evidence')}${of('not-testable')}${trials}</details></section>`
}

/** What there was to read, and what each piece was read as. */
function evidenceBlock(clean: CleanDiagnosis, { evidence = [], observations }: ReportOptions): string {
  if (evidence.length === 0) return ''
  const read = evidenceRead(evidence, observations ?? [])
  const lines = read.map(({ name, as }) => {
    const file = code(name === '-' ? 'standard input' : clean.clean(name))
    if (observations === undefined) return file
    return `${file}: ${as.length === 0 ? 'nothing in it was recognised' : escaped(as.join(', '))}`
  })
  return `<section><h2>What was read</h2>${items(lines)}</section>`
}

/** Which version made the page, and when. */
function madeBy(now: number | undefined): string {
  const when = now === undefined ? '' : `, ${new Date(now).toISOString().slice(0, 16).replace('T', ' ')} UTC`
  return `Made by Countersign ${PRODUCT.version}${when}.`
}

function list(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `<section><h2>${title}</h2>${items(lines.map(sentence))}</section>`
}

function items(lines: readonly string[]): string {
  return `<ul>${lines.map((line) => `<li>${line}</li>`).join('')}</ul>`
}

function entry(name: string, html: string): string {
  return `<dt>${name}</dt><dd>${html}</dd>`
}

function placeNote(place: Location | undefined, clean: CleanDiagnosis): string {
  return place === undefined ? '' : ` <span class="quiet">(${escaped(clean.place(place))})</span>`
}

function code(text: string): string {
  return `<code>${escaped(visible(text))}</code>`
}

/** A sentence of ours or of the evidence, with a capital where it begins with a plain letter. */
function sentence(text: string): string {
  return escaped(visible(capital(text)))
}

function escaped(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** "<the token of this access key>". */
const DESCRIPTION = /^<[^<> ]{1,40} [^<>]*>$/
const APPLICABILITY: Readonly<Record<Fix['applicability'], string>> = {
  exact: 'as it is',
  'has-placeholders': 'replace &lt;...&gt;',
  maybe: 'one of several ways',
}
const HOW: Readonly<Record<RuledOut['how'], string>> = {
  tested: 'Tested',
  'check-order': 'By the order of checks',
  evidence: 'By what else the evidence shows',
  'not-testable': 'Not tested',
}
const FOOTER = {
  keys: 'Secrets, session tokens and signatures are not in this page; access key IDs are.',
  safe: 'Secrets, session tokens and signatures are not in this page; access key IDs are masked.',
  strict: 'Secrets, session tokens and signatures are not in this page; names of your own are placeholders.',
} as const
