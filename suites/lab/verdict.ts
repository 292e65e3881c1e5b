/** Holds an answer of `diagnose --format json`, schema 1 or 2, against a label. */
import type { RequestLabel } from './label.ts'

export interface Answer {
  readonly exit: number | null
  readonly outcome: string
  readonly findings: readonly { readonly class: string; readonly causes: readonly string[]; readonly proven: boolean }[]
}

export const VERDICTS = [
  'right',
  'right, proven',
  'right, silent',
  'wrong',
  'wrong, PROVEN',
  'none',
  'called valid',
  'false alarm',
  'crash',
] as const
export type Verdict = (typeof VERDICTS)[number]

export interface Judged {
  readonly verdict: Verdict
  readonly got: string
  readonly wanted: string
  /** A proven finding, first or not, that is true of no request of the set. */
  readonly untrueProof: boolean
  /** Something of the request is suspected, other than its key, that nothing is wrong with. */
  readonly suspectsRequest: boolean
  /** The service is said to be at fault. */
  readonly blamesService: boolean
}

export function answerOf(stdout: string, exit: number | null): Answer | undefined {
  try {
    const { outcome, findings } = JSON.parse(stdout)
    const read = findings.map((one: { class?: string; causes?: string[]; proof?: { level?: string } }) => ({
      class: one.class ?? '',
      causes: one.causes ?? [],
      proven: (one.proof?.level ?? 'none') !== 'none',
    }))
    return { exit, outcome: `${outcome}`, findings: read }
  } catch {
    return undefined
  }
}

export interface Truth {
  readonly top: readonly RequestLabel[]
  readonly all: readonly RequestLabel[]
  readonly withSecret: boolean
  /** Where the log shows no answers, nothing was refused as far as it shows, and nothing accepted. */
  readonly showsAnswers: boolean
}

export function judged(answer: Answer | undefined, truth: Truth): Judged {
  const classesOf = (one: RequestLabel) => (truth.withSecret ? one.classesWithSecret : one.classes)
  const wanted = [...new Set(truth.top.flatMap(classesOf))]
  const anywhere = new Set(truth.all.flatMap(classesOf))
  const says = { wanted: truth.top.length === 0 ? 'accepted' : wanted.join('|') }
  if (answer === undefined)
    return { ...says, verdict: 'crash', got: 'no JSON', untrueProof: false, suspectsRequest: false, blamesService: false }
  const first = firstOf(answer)
  const got = first === undefined ? answer.outcome : `${first.causes.join('+')}${first.proven ? ' [proven]' : ''}`
  const common = {
    ...says,
    got,
    untrueProof: answer.findings.some((one) => one.proven && !anywhere.has(one.class) && !isOnTheWay(one.class, truth.all)),
    suspectsRequest: answer.findings.some((one) => !/^secret\./.test(one.class) && !wanted.includes(one.class)),
    blamesService: answer.findings.some((one) => one.class === 'server.bug'),
  }
  return { ...common, verdict: verdictOf(answer, truth, wanted, anywhere) }
}

function verdictOf(
  answer: Answer,
  { top, withSecret, showsAnswers }: Truth,
  wanted: readonly string[],
  anywhere: ReadonlySet<string>,
): Verdict {
  const { exit, outcome, findings } = answer
  const first = firstOf(answer)
  if (top.length === 0) {
    if (findings.some((one) => one.proven && !anywhere.has(one.class))) return 'wrong, PROVEN'
    return findings.every((one) => anywhere.has(one.class)) && (exit === 0 || (!showsAnswers && findings.length === 0))
      ? 'right'
      : 'false alarm'
  }
  if (first === undefined) {
    if (outcome === 'valid' || outcome === 'accepted') return 'called valid'
    return top.some((one) => maySay(one, withSecret)) ? 'none' : 'right, silent'
  }
  const right = wanted.includes(first.class)
  if (first.proven) return right ? 'right, proven' : 'wrong, PROVEN'
  return right ? 'right' : 'wrong'
}

/** Whether a class is about a part that was changed on the way. A refusal for another reason has its own class alone, and the change is true too. */
function isOnTheWay(name: string, all: readonly RequestLabel[]): boolean {
  const part = name.split('.', 1)[0]!
  return all.some(({ faults }) => faults.some((fault) => fault.startsWith(`on the way: ${part === 'payload' ? 'body' : part} `)))
}

/** What is said of the last refusal: where it is unexplained, what was found is of the others. */
function firstOf({ outcome, findings }: Answer): Answer['findings'][number] | undefined {
  return outcome === 'unexplained' ? undefined : findings[0]
}

/** There is something to say: the service quoted its texts, or stated what is wrong; with the secret, whatever was signed, if its signature is shown. */
function maySay({ quoted, stated, bare, signature, classesWithSecret }: RequestLabel, withSecret: boolean): boolean {
  return quoted || stated || (withSecret && !bare && signature !== null && classesWithSecret.some((name) => name.startsWith('secret.')))
}
