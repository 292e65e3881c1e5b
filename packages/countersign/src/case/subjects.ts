/** How the subjects of repairs belong together. */
import { SUBJECTS, type Subject } from '../catalog/index.js'

/** A subject with all that it is: boto3 is an AWS SDK, and called from Python. */
export function withKin(subjects: Iterable<Subject>): ReadonlySet<Subject> {
  const all = new Set<Subject>()
  const open = [...subjects]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (all.has(next)) continue
    all.add(next)
    const { language, within = [] } = SUBJECTS[next]
    for (const more of within) open.push(more)
    if (language !== undefined) open.push(language)
  }
  return all
}

/** The subject of an id that some other list names; `undefined` where it is none. */
export function subjectOf(id: string): Subject | undefined {
  return Object.hasOwn(SUBJECTS, id) ? (id as Subject) : undefined
}
