/** What each fault comes to with each kind of evidence: the table of docs/manual/what-can-be-proven.md. */
import { type Diagnosis, diagnoseEvidence } from '../../src/index.ts'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'
import { EXAMPLE_SECRET } from './golden.ts'
import { debugLog, errorXml, requestText } from './golden-evidence.ts'
import { type Broken, providedSignature } from './inject/injection.ts'
import { drawnFaults, type Injection, injections, randomNumbers } from './injections.ts'
import { occasions } from './occasions.ts'

/** Kinds of evidence, from all to hardly any. */
interface Kind {
  readonly title: string
  readonly pieces: (broken: Broken) => readonly string[]
  readonly secret: boolean
}

const MESSAGE = `An error occurred (SignatureDoesNotMatch) when calling the operation: The request signature we calculated does not match the signature you provided. Check your key and signing method.\n`
const KINDS: readonly Kind[] = [
  { title: 'error body, signer log, secret', pieces: (broken) => [errorXml(broken), debugLog(broken)], secret: true },
  { title: 'error body, request, secret', pieces: (broken) => [errorXml(broken), requestText(broken)], secret: true },
  { title: 'error body, secret', pieces: (broken) => [errorXml(broken)], secret: true },
  { title: 'request, secret', pieces: (broken) => [requestText(broken)], secret: true },
  { title: 'error body, signer log', pieces: (broken) => [errorXml(broken), debugLog(broken)], secret: false },
  { title: 'request, signer log', pieces: (broken) => [requestText(broken), debugLog(broken)], secret: false },
  { title: 'error body', pieces: (broken) => [errorXml(broken)], secret: false },
  { title: 'message, request', pieces: (broken) => [MESSAGE, requestText(broken)], secret: false },
]

/** The table, in Markdown. */
export async function proofTable(): Promise<string> {
  const all = await injections()
  const rows = all.map((injection) => {
    const broken = firstMistake(injection)
    return `| [${injection.id}](../causes/${injection.id}.md) | ${KINDS.map((kind) => cell(injection, diagnosed(kind, broken))).join(' | ')} |`
  })
  return [`| fault | ${KINDS.map(({ title }) => title).join(' | ')} |`, `|---|${KINDS.map(() => '---|').join('')}`, ...rows, ''].join('\n')
}

function firstMistake({ id, inject }: Injection): Broken {
  for (const [correct, choice] of [0, 1, 2, 3, 4, 5].flatMap((form) => occasions().map((one) => [one, form] as const))) {
    const broken = inject(correct, choice)
    if (broken !== undefined && providedSignature(broken) !== providedSignature({ ...broken, signer: broken.verifier })) return broken
  }
  throw new Error(`there is no occasion for ${id}`)
}

function diagnosed({ pieces, secret }: Kind, broken: Broken, maxTrials = SINGLES_ONLY): Diagnosis {
  const sources = pieces(broken).map((text, i) => ({ name: `${i}.txt`, text }))
  const secrets = secret ? [{ label: 'secret.txt', secretAccessKey: new SecretAccessKey(EXAMPLE_SECRET) }] : []
  return diagnoseEvidence(sources, { secrets }, { maxTrials })
}

/** proven (and by what), likely (first, without proof), among (named further down), or what the answer comes to otherwise. */
function cell({ ids }: Injection, { findings, outcome, wanted }: Diagnosis): string {
  const isIt = ({ causes, alternatives }: Diagnosis['findings'][number]): boolean =>
    [...causes, ...alternatives].some((id) => ids.includes(id))
  const [first] = findings
  if (first !== undefined && isIt(first)) return first.proof.level === 'none' ? 'likely' : LEVELS[first.proof.level]
  if (first !== undefined && first.proof.level !== 'none') return `(${first.causes.join(', ')})`
  if (findings.some(isIt)) return 'among'
  if (outcome === 'accepted') return 'valid'
  return wanted.length > 0 ? 'asks' : 'silent'
}

const LEVELS = {
  signature: '**signature**',
  'canonical-request-hash': '**hash**',
  text: '**text**',
  recomputed: '**recomputed**',
  stated: '**stated**',
} as const
const SINGLES_ONLY = 1500

/** How many of some pairs and triples are explained whole, as the limit of hypotheses grows: request, error and secret are known. */
export async function budgetTable(): Promise<string> {
  const all = await injections()
  const rows = [2, 3].flatMap((faults) =>
    (['error body, request, secret', 'error body, signer log, secret'] as const).map((title) => {
      // The same ones at every run.
      const requests = drawnFaults(all, occasions(), { count: REQUESTS_PER_ROW, faults }, randomNumbers(2015))
      const shares = BUDGETS.map((maxTrials) => {
        const explained = requests.filter(({ broken }) => {
          const kind = KINDS.find((one) => one.title === title)!
          return diagnosed(kind, broken, maxTrials).findings[0]?.proof.level === 'signature'
        })
        return `${Math.round((100 * explained.length) / requests.length)} %`
      })
      return `| ${faults} | ${title} | ${shares.join(' | ')} |`
    }),
  )
  const head = BUDGETS.map((budget) => budget.toLocaleString('en'))
  return [`| faults | evidence | ${head.join(' | ')} |`, `|---|---|${BUDGETS.map(() => '---|').join('')}`, ...rows, ''].join('\n')
}

const BUDGETS = [1_000, 10_000, 100_000, 300_000]
const REQUESTS_PER_ROW = 30
