/** The verdict of `run --expect accepted`. */
import { NOT_FOUND, NOT_STARTED } from './child.js'
import { countsOf, type ReportedRun } from './run-report.js'

/** What is said where a command has sent nothing, and nobody asked what its signatures came to. */
export function nothingCame({ requests, more, exitCode }: ReportedRun, byProxy: boolean): readonly string[] {
  if (requests.length + more > 0 || exitCode === NOT_FOUND || exitCode === NOT_STARTED) return []
  return [
    byProxy
      ? 'No request came: the command sent none, or it knows no proxy. Then name its endpoint with --upstream.'
      : 'No request came: the command sent none, or it names its endpoint itself. Then have it use AWS_ENDPOINT_URL, or take --proxy.',
  ]
}

/** Whether every signature that passed was accepted; what the program answered does not count. */
export function expectedAccepted(runs: readonly ReportedRun[]): { readonly met: boolean; readonly why: string } {
  const all = runs.flatMap(({ requests }) => requests)
  const more = runs.reduce((sum, one) => sum + one.more, 0)
  const { signed, refused, unknown } = countsOf(all)
  if (signed === 0)
    return {
      met: false,
      why:
        all.length === 0
          ? 'no signed request was seen: the command sent nothing through the relay. Have it use AWS_ENDPOINT_URL, or take --proxy if it names its endpoint itself.'
          : `no signed request was seen, only ${all.length} without a signature.`,
    }
  if (refused > 0) return { met: false, why: `${refused} of ${signed} signatures ${refused === 1 ? 'was' : 'were'} refused.` }
  if (unknown > 0)
    return {
      met: false,
      why: `${unknown} of ${signed} signatures: it is not known whether they were accepted. The answer does not say, or there was none.`,
    }
  if (more > 0) return { met: false, why: `${more} requests were too many to be kept; those that were kept were accepted.` }
  return { met: true, why: `${signed === 1 ? 'the signature was' : `all ${signed} signatures were`} accepted.` }
}
