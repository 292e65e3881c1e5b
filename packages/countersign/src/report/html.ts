/**
 * The diagnosis as one HTML page: no script, nothing fetched, readable on a phone, in the dark and on paper. Every value in it is
 * escaped, and a policy in the page forbids whatever an error here might let through.
 */
import type { Fix, Label } from '../causes/index.js'
import type { ComparedLine, Diagnosis, Finding, RuledOut } from '../diagnosis/index.js'
import type { Location } from '../text/index.js'
import { differsUnseen, EMPTY, NO_LINE, type Run, runsOf, UNSEEN } from './compare.js'
import { linePairs } from './frame.js'
import { STYLE } from './html-style.js'
import { type CleanDiagnosis, cleanDiagnosis, type ReportOptions } from './redaction/clean-diagnosis.js'
import { visible, visibleLines } from './redaction/visible.js'
import {
  appliesToText,
  certainty,
  comparedSides,
  comparisonTells,
  headline,
  partText,
  plural,
  summaryLine,
  unexplained,
} from './wording.js'

/**
 * The page, with a line feed at its end.
 * @public
 */
export function renderHtml(given: Diagnosis, options: ReportOptions = {}): string {
  const clean = cleanDiagnosis(given, options)
  const { diagnosis } = clean
  const [first, ...others] = diagnosis.findings
  const body = [
    head(diagnosis),
    first === undefined ? '' : `<section class="card first ${certainty(first)}">${whole(first, clean)}</section>`,
    diagnosis.outcome === 'unexplained' ? `<section class="card"><p>${sentence(unexplained(diagnosis))}.</p></section>` : '',
    comparisonBlock(clean),
    others.length === 0 ? '' : `<section><h2>Also seen</h2>${others.map((finding) => folded(finding, clean)).join('')}</section>`,
    wantedBlock(diagnosis),
    ruledOutBlock(diagnosis),
    list('Notes', diagnosis.notes),
    `<footer><p>${FOOTER[options.redact ?? 'safe']}</p></footer>`,
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
  return `<header><p class="badge ${diagnosis.outcome}">${badge}</p><h1>${sentence(summaryLine(diagnosis))}</h1>${
    diagnosis.findings.length === 0 ? '' : `<p class="quiet">${escaped(visible(headline(diagnosis)))}</p>`
  }${message === '' ? '' : `<p class="quiet">${escaped(visible(message))}</p>`}</header>`
}

function whole(finding: Finding, clean: CleanDiagnosis): string {
  return [
    `<h2>${sentence(finding.what)}</h2>`,
    `<p class="ids">${certainty(finding)}: ${finding.causes.map(code).join(' + ')} <span class="quiet">${escaped(finding.class)}</span></p>`,
    alternatives(finding),
    ...finding.labels.map((label) => labelBlock(label, clean)),
    '<dl>',
    entry('Why', sentence(finding.why)),
    entry(
      'Proof',
      `<strong>${escaped(finding.proof.level)}</strong>: ${escaped(visible(finding.proof.statement))}${placeNote(finding.proof.from, clean)}`,
    ),
    finding.grounds.length === 0 ? '' : entry('Seen', items(finding.grounds.map(sentence))),
    '</dl>',
    finding.proof.from === undefined ? '' : excerptBlock(finding.proof.from, clean),
    finding.fixes.length === 0 ? '' : `<h3>Fix</h3><ul class="fixes">${finding.fixes.map(fixItem).join('')}</ul>`,
    finding.wrongFixes.length === 0
      ? ''
      : `<h3>Does not help</h3><ul class="wrong">${finding.wrongFixes
          .map(({ title, why }) => `<li><strong>${sentence(title)}:</strong> ${escaped(visible(why))}</li>`)
          .join('')}</ul>`,
    finding.check === '' ? '' : `<h3>Check</h3><p>${sentence(finding.check)}</p>`,
    `<p class="quiet">More: ${finding.causes.map((cause) => code(`countersign explain ${cause}`)).join(', ')}</p>`,
  ].join('\n')
}

function folded(finding: Finding, clean: CleanDiagnosis): string {
  return `<details class="card ${certainty(finding)}"><summary>${certainty(finding)}: ${finding.causes.map(code).join(' + ')}<br>${sentence(finding.what)}</summary>${whole(finding, clean)}</details>`
}

function alternatives({ alternatives: same }: Finding): string {
  return same.length === 0 ? '' : `<p>Cannot be told apart by these bytes from: ${same.map(code).join(', ')}</p>`
}

/** The two values under one another, what differs marked in both. */
function labelBlock(label: Label, clean: CleanDiagnosis): string {
  const rows = linePairs(label.calculated, label.signed).map(([calculated, signed]) => {
    const same = calculated === signed
    const line: ComparedLine = {
      part: 'canonical-uri',
      same,
      ...(signed === undefined ? {} : { signer: signed }),
      ...(calculated === undefined ? {} : { verifier: calculated }),
    }
    return `<tr><th scope="row">service received</th><td>${sideHtml(line, 'verifier')}</td></tr><tr><th scope="row">you signed</th><td>${sideHtml(line, 'signer')}</td></tr>`
  })
  return `<figure><figcaption>${escaped(partText(label.part))}${placeNote(label.from, clean)}</figcaption><table class="frame">${rows.join('')}</table><p class="note">${escaped(visible(label.note))}</p>${
    label.from === undefined ? '' : excerptBlock(label.from, clean, true)
  }</figure>`
}

/** The lines of the user's own bytes. */
function excerptBlock(place: Location, clean: CleanDiagnosis, open = false): string {
  const lines = clean.excerpt(place)
  if (lines.length === 0) return ''
  const rows = lines.map(
    ({ number, before, marked, after }) =>
      `<tr><th scope="row">${number}</th><td>${escaped(visible(before))}${marked === '' ? '' : `<mark>${escaped(visible(marked))}</mark>`}${escaped(visible(after))}</td></tr>`,
  )
  return `<details class="excerpt"${open ? ' open' : ''}><summary>In your own bytes: ${escaped(clean.place(place))}</summary><table>${rows.join('')}</table></details>`
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

function fixItem(fix: Fix): string {
  const { title, applicability, command } = fix
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
  return `<section><h2>Wanted: what would decide it</h2><ul>${lines.join('')}</ul></section>`
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
  return `<section><details class="card"><summary><h2>Ruled out: ${plural(out, 'cause')}; not testable: ${ruledOut.length - out}</h2></summary>${of('tested')}${of('check-order')}${of('evidence')}${of('not-testable')}${trials}</details></section>`
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
  return escaped(visible(text.replace(/^[a-z](?=[a-z]{0,20} )/, (letter) => letter.toUpperCase())))
}

function escaped(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`)
}

const APPLICABILITY: Readonly<Record<Fix['applicability'], string>> = {
  exact: 'exact',
  'has-placeholders': 'fill in the &lt;...&gt;',
  maybe: 'one of several ways',
}
const HOW: Readonly<Record<RuledOut['how'], string>> = {
  tested: 'Tested',
  'check-order': 'By the order of checks',
  evidence: 'By what else the evidence shows',
  'not-testable': 'Not testable',
}
const FOOTER = {
  keys: 'Made by countersign. Secrets, session tokens and signatures are not in this page; access key IDs are.',
  safe: 'Made by countersign. Secrets, session tokens and signatures are not in this page; access key IDs are cut.',
  strict: 'Made by countersign. Secrets, session tokens and signatures are not in this page; names of your own are placeholders.',
} as const
