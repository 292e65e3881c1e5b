/** `countersign replay`: the refused request mended, signed afresh, and sent where that is asked for. */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import {
  CAUSES,
  type Diagnosis,
  type EvidenceSource,
  investigationSteps,
  type KnownFacts,
  type Observation,
  type ReadingAndSearching,
  readEvidenceSteps,
} from '../../index.js'
import { type NotMeant, planReplay, type ReplayPlan } from '../../replay/index.js'
import { Page } from '../../report/index.js'
import { headerValue } from '../../sigv4/index.js'
import { hostOf, type Origin } from '../../transit/index.js'
import { upstreamOrigin } from '../addresses.js'
import { boundedDiagnosis } from '../bounded-search.js'
import { CliError } from '../cli-error.js'
import { type Command, FORMAT_RULE, knownFacts, nowOption, SECRET_RULES, SIGNING_RULES } from '../command.js'
import { type Options, oneOf } from '../options.js'
import { LIMITS, readPieces, reasonOf } from '../pieces.js'
import { Progress } from '../progress.js'
import { UPSTREAM_RULES, upstreamRules } from '../relay-rules.js'
import { isSafe, jsonReplay, outcomeOf, type ReplayReport, terminalReplay } from '../replay/replay-report.js'
import { sent } from '../replay/send.js'
import { RequestCollector, type SeenRequest } from '../run/seen-requests.js'
import { type KnownKeys, knownKeys, neededSecret } from '../secrets.js'
import { COLOUR_WORDS, colourWanted, EXIT, type Io, say } from '../terminal-rules.js'
import { unspokenOf } from '../unspoken.js'

export const replay: Command = {
  name: 'replay',
  summary: 'mend a refused request, sign it afresh, and send it where you ask for that',
  usage: '[options] FILE...',
  about: `Takes the same evidence as diagnose. The change that is proven is undone, and the request is signed afresh with the keys you give. The
report shows what your client signed beside what is signed now. Nothing is sent without --send; a method that may change something
needs --yes, too. An answer such as AccessDenied behind an accepted signature is progress, and said so.`,
  example:
    'countersign replay error.xml debug.log --profile default\ncountersign replay kept --to https://my-bucket.s3.eu-west-1.amazonaws.com --send',
  rules: {
    to: { type: 'string', value: 'URL', group: 'Request', help: 'sign for this place and send there; the host of the request by default' },
    body: { type: 'string', value: 'FILE', group: 'Request', help: 'the body, where the evidence does not show it' },
    send: { type: 'boolean', group: 'Request', help: 'send the request; without it you see what would be sent' },
    yes: { type: 'boolean', group: 'Request', help: 'send it also where its method may change something' },
    ...FORMAT_RULE,
    color: { type: 'string', value: 'WHEN', words: COLOUR_WORDS, group: 'Output', help: 'auto (default), always or never' },
    ...SECRET_RULES,
    ...SIGNING_RULES,
    ...UPSTREAM_RULES,
  },
  run,
}

async function run(options: Options, io: Io): Promise<number> {
  const format = oneOf(options, 'format', ['terminal', 'json'] as const) ?? 'terminal'
  const to = options.one('to')
  const place = to === undefined ? undefined : upstreamOrigin(to, '--to')
  if (options.flag('yes') && !options.flag('send')) throw new CliError('--yes goes with --send')
  const rules = await upstreamRules(options, io)
  const body = await bodyGiven(options, io)
  const progress = new Progress(io, options.one('format') === undefined)
  const files = options.files.length > 0 ? options.files : ['-']
  const sources = await readPieces(
    files.map((path) => ({ path })),
    io,
    LIMITS,
    'kept',
    progress,
  )
  const keys = await knownKeys(
    options,
    io,
    sources.map(({ text }) => text),
  )
  const secret = neededSecret(keys)
  // The time to sign at is not the service's clock of the evidence.
  const { now: _, ...facts } = knownFacts(options, keys)
  const { observations, diagnosis } = await boundedDiagnosis(readAndDiagnosed(sources, facts), io, undefined, progress)
  if (diagnosis.outcome === 'nothing-read')
    return ended(io, 'nothing of a request was read; countersign diagnose says what it reads', EXIT.nothingRead)
  if (diagnosis.outcome === 'accepted') return ended(io, 'the signature was accepted: there is nothing to mend', EXIT.valid)
  const plan = planned(observations, diagnosis, {
    facts,
    credentials: {
      secretAccessKey: secret.secretAccessKey,
      ...(secret.accessKeyId === undefined ? {} : { accessKeyId: secret.accessKeyId }),
      ...(keys.sessionToken === undefined ? {} : { sessionToken: keys.sessionToken }),
    },
    now: nowOption(options) ?? io.now(),
    ...(body === undefined ? {} : { body }),
    ...(place === undefined ? {} : { to: { host: hostOf(place) } }),
  })
  if ('why' in plan) return ended(io, `there is no replay: ${plan.why}`, EXIT.notValid)
  const origin = place ?? originOf(plan)
  const unspoken = [...new Set([...unspokenOf(io), ...keys.silent, ...(diagnosis.unspoken ?? []), ...(diagnosis.credentials ?? [])])]
  const report: ReplayReport = { plan, to: `${origin.tls ? 'https' : 'http'}://${hostOf(origin)}`, unspoken }
  if (!options.flag('send')) return told(report, format, options, io)
  const { method } = plan.request
  if (!isSafe(method) && !options.flag('yes')) {
    told(report, format, options, io)
    return ended(io, `${method} may change something: it was not sent; add --yes`, EXIT.usage)
  }
  const answer = await sent(plan.request, origin, rules).catch((error: unknown) => reasonOf(error))
  if (typeof answer === 'string') {
    told(report, format, options, io)
    return ended(io, `there was no answer from ${report.to}: ${answer}`, EXIT.notValid)
  }
  return told({ ...report, sent: await judged(answer, keys) }, format, options, io)
}

function planned(
  observations: readonly Observation[],
  diagnosis: Diagnosis,
  given: Parameters<typeof planReplay>[2],
): ReplayPlan | NotMeant {
  try {
    return planReplay(observations, diagnosis, given)
  } catch (error) {
    // What cannot be signed as it stands in the evidence.
    if (error instanceof Error && error.name === 'UsageError') return { why: error.message }
    throw error
  }
}

/** By the one judge of answers that there is. */
async function judged(answer: Awaited<ReturnType<typeof sent>>, keys: KnownKeys): Promise<SeenRequest> {
  const collector = new RequestCollector(() => keys.secrets, 'replay')
  collector.add(answer)
  const { requests } = await collector.finished(DIAGNOSING_MILLISECONDS)
  return requests[0]!
}

/** Where the client sent it. Without a scheme in the evidence, TLS. */
function originOf({ request, scheme }: ReplayPlan): Origin {
  const host = headerValue(request, 'host') ?? ''
  const local = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::|$)/.test(host)
  return upstreamOrigin(`${scheme ?? (local ? 'http' : 'https')}://${host}`, 'the host of the request (give --to)')
}

function told(report: ReplayReport, format: 'terminal' | 'json', options: Options, io: Io): number {
  if (format === 'json') io.stdout.write(jsonReplay(report))
  else {
    const page = new Page(colourWanted(io, oneOf(options, 'color', COLOUR_WORDS)), Math.max(60, Math.min(io.stdout.columns ?? 100, 120)))
    io.stdout.write(terminalReplay(report, page))
  }
  const outcome = outcomeOf(report)
  return outcome === 'refused' || outcome === 'unknown' ? EXIT.notValid : EXIT.valid
}

function ended(io: Io, message: string, code: number): number {
  say(io, message)
  return code
}

async function bodyGiven(options: Options, io: Io): Promise<Uint8Array | undefined> {
  const path = options.one('body')
  if (path === undefined) return undefined
  return readFile(resolve(io.cwd, path)).catch((error: unknown) => {
    throw new CliError(`cannot read --body ${path}: ${reasonOf(error)}`)
  })
}

function* readAndDiagnosed(
  sources: readonly EvidenceSource[],
  facts: KnownFacts,
): ReadingAndSearching<{ readonly observations: readonly Observation[]; readonly diagnosis: Diagnosis }> {
  const observations = yield* readEvidenceSteps(sources)
  return { observations, diagnosis: yield* investigationSteps(observations, facts, { causes: CAUSES }) }
}

const DIAGNOSING_MILLISECONDS = 30_000
