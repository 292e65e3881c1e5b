/** Reads what the evidence names that a repair can be for: languages, systems, proxies, servers, programs. */
import { anyText, type EvidenceReader, type EvidenceSource, type Observation } from '../../case/index.js'
import type { Subject } from '../../catalog/index.js'
import { blank, isLogRecord, MOST_SCANNED } from '../../text/index.js'
import { FORMS, WORDS } from './subject-words.js'

export const subjectsNamed: EvidenceReader = {
  id: 'subjects-named',
  reads: 'names of languages, systems, proxies, servers and programs, and what only they write',
  samples: ['We run restic on Ubuntu behind HAProxy.\n', 'location / {\n  proxy_pass http://store:9000;\n}\n'],
  recognize: anyText,
  read({ name, text }: EvidenceSource) {
    return namedIn(text, name)
  },
}

function namedIn(text: string, source: string): readonly Observation[] {
  // The client of a record in an access log is read from the record itself.
  const scanned = text
    .slice(0, MOST_SCANNED)
    .split('\n')
    .map((line) => (isLogRecord(line) ? blank(line) : line))
    .join('\n')
  const found = new Map<Subject, readonly [start: number, end: number]>()
  for (const match of scanned.matchAll(ANY_WORD))
    for (const subject of BY_WORD.get(match[0].toLowerCase()) ?? [])
      if (!found.has(subject)) found.set(subject, [match.index, match.index + match[0].length])
  for (const [form, subject] of FORMS) {
    const match = found.has(subject) ? null : form.exec(scanned)
    if (match !== null) found.set(subject, [match.index, match.index + match[0].length])
  }
  return [...found].map(([subject, [start, end]]) => ({ kind: 'named', subject, location: { source, start, end }, fidelity: 'exact' }))
}

const BY_WORD = new Map<string, Subject[]>()
for (const [word, subject] of WORDS) BY_WORD.set(word, [...(BY_WORD.get(word) ?? []), subject])

/** Longer words first: "docker compose" is not only "docker". */
const ANY_WORD = new RegExp(
  `(?<![\\w.-])(?:${[...BY_WORD.keys()]
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('|')})(?![\\w])`,
  'gi',
)
