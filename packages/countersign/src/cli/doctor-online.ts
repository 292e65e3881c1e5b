/** `countersign doctor --online`: the calls, one after the other where one needs the answer of another. */
import {
  type Asked,
  type AskedPair,
  distinctPairs,
  globalCall,
  identityCall,
  type KeyStatus,
  type Keys,
  leaf,
  type Machine,
  meaningOf,
  type ServiceCall,
  serviceAnswer,
  type TakenPair,
  takenBy,
} from '../doctor/index.js'
import { awsCall, otherSdks, type QueryOptions } from '../environment/index.js'

export interface OnlineOptions extends QueryOptions {
  readonly folder: string
  readonly region: string | undefined
  readonly endpoint: string | undefined
}

/** Every pair that an SDK takes, asked about. */
export async function askedOnline(machine: Machine, options: OnlineOptions): Promise<readonly AskedPair[]> {
  const call = identityCall(machine, options)
  const pairs = onePairEach(distinctPairs(takenBy(machine))).slice(0, MOST_PAIRS)
  const identities = await Promise.all(pairs.map(({ keys }) => ask(call, keys, options)))
  const asking = pairs.filter((_, index) => isAccepted(identities[index]!))
  const run = { deadline: SDK_DEADLINE, env: machine.env }
  return Promise.all(
    pairs.map(async (pair, index) => ({
      pair,
      identity: identities[index]!,
      others: await otherSdks(options.folder, call, pair.keys, run),
      status: await statusOf(pair, asking, machine, options),
    })),
  )
}

async function ask(call: ServiceCall, keys: Keys, options: QueryOptions): Promise<Asked> {
  const answer = await awsCall(call, keys, options)
  return 'problem' in answer ? answer : { answer: serviceAnswer(answer.status, answer.body) }
}

/** The same keys in two places are asked about once. */
function onePairEach(pairs: readonly TakenPair[]): readonly TakenPair[] {
  return pairs.filter((one, index) => pairs.findIndex(({ keys }) => JSON.stringify(keys) === JSON.stringify(one.keys)) === index)
}

function isAccepted(asked: Asked): boolean {
  return 'answer' in asked && meaningOf(asked.answer) === 'accepted'
}

/** What IAM says of an access key, asked with keys that work: its own, or others of this machine. */
async function statusOf(
  pair: TakenPair,
  asking: readonly TakenPair[],
  machine: Machine,
  options: OnlineOptions,
): Promise<KeyStatus | undefined> {
  const id = pair.keys.accessKeyId
  const identity = identityCall(machine, options)
  for (const { keys } of [...asking.filter((one) => one === pair), ...asking.filter((one) => one !== pair)]) {
    const askIam = (form: Record<string, string>): Promise<Asked> =>
      ask(globalCall(machine, identity, options.endpoint, form), keys, options)
    const used = await askIam({ Action: 'GetAccessKeyLastUsed', AccessKeyId: id })
    if (!isAccepted(used) || !('answer' in used)) continue
    const user = leaf(used.answer, 'UserName')
    const listed = await askIam({ Action: 'ListAccessKeys', ...(user !== undefined && { UserName: user }) })
    const date = leaf(used.answer, 'LastUsedDate')
    const service = leaf(used.answer, 'ServiceName')
    const lastUsed = date === undefined || service === undefined || service === 'N/A' ? undefined : `${date} (${service})`
    return { active: 'answer' in listed ? statusIn(listed.answer.leaves, id) : undefined, lastUsed }
  }
  return undefined
}

/** Of a list of keys: the state of one stands behind its ID. */
function statusIn(leaves: readonly (readonly [string, string])[], id: string): boolean | undefined {
  const at = leaves.findIndex(([name, value]) => name === 'AccessKeyId' && value === id)
  const state = at < 0 ? undefined : leaves.slice(at).find(([name]) => name === 'Status')
  return state === undefined ? undefined : state[1] === 'Active'
}

const MOST_PAIRS = 6
/** An SDK takes a second to start, more on a busy machine. */
const SDK_DEADLINE = 20_000
