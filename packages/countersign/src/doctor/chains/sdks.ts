/** The SDKs whose way to keys is explained: how each reads the files, and in which order it looks. */
import type { Machine } from '../machine.js'
import { botocoreFile } from '../profiles/botocore-file.js'
import { goFile } from '../profiles/go-file.js'
import { javascriptFile } from '../profiles/javascript-file.js'
import { EMPTY_FILE, type FileKind, type ProfileFile } from '../profiles/profile-file.js'
import { javaFile } from '../profiles/standard-file.js'
import { readText } from '../shared-text.js'
import { botocoreChain } from './botocore-chain.js'
import { goChain } from './go-chain.js'
import { javaChain } from './java-chain.js'
import { javascriptChain } from './javascript-chain.js'
import type { Chain, Setup } from './resolution.js'

interface Sdk {
  readonly id: string
  readonly title: string
  readonly file: (text: string, kind: FileKind) => ProfileFile
  readonly chain: Chain
  /** Variables for the region, the first one set wins. */
  readonly regionVariables: readonly string[]
  /** Whether a variable that is empty is passed over; else there is no region then. */
  readonly emptyIsUnset?: true
  /** Variables for the profile, the first one set wins. */
  readonly profileVariables: readonly string[]
}

const PYTHON = { file: botocoreFile, chain: botocoreChain } as const
const OLDER_FIRST = ['AWS_DEFAULT_PROFILE', 'AWS_PROFILE'] as const
const NEWER_FIRST = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'] as const

export const SDKS = [
  { ...PYTHON, id: 'aws-cli-v1', title: 'AWS CLI v1', regionVariables: ['AWS_DEFAULT_REGION'], profileVariables: OLDER_FIRST },
  {
    ...PYTHON,
    id: 'aws-cli-v2',
    title: 'AWS CLI v2',
    regionVariables: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
    profileVariables: NEWER_FIRST,
  },
  { ...PYTHON, id: 'botocore', title: 'boto3', regionVariables: ['AWS_DEFAULT_REGION'], profileVariables: OLDER_FIRST },
  {
    id: 'javascript-v3',
    title: 'JavaScript v3',
    file: javascriptFile,
    chain: javascriptChain,
    regionVariables: ['AWS_REGION'],
    profileVariables: ['AWS_PROFILE'],
  },
  {
    id: 'java-v2',
    title: 'Java v2',
    file: javaFile,
    chain: javaChain,
    emptyIsUnset: true,
    regionVariables: ['AWS_REGION'],
    profileVariables: ['AWS_PROFILE'],
  },
  {
    id: 'go-v2',
    title: 'Go v2',
    file: goFile,
    chain: goChain,
    emptyIsUnset: true,
    regionVariables: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
    profileVariables: NEWER_FIRST,
  },
] as const satisfies readonly Sdk[]

export type SdkId = (typeof SDKS)[number]['id']
export type AnySdk = (typeof SDKS)[number]

/** What an SDK sees of a machine. */
export function setupOf({ file, profileVariables }: AnySdk, machine: Machine): Setup {
  return { env: machine.env, profile: machine.profile, ...filesRead(file, machine), profileVariables }
}

type Files = Pick<Setup, 'credentials' | 'config'>

/** A machine does not change, and its files may be long: each is read once in each way. */
function filesRead(file: Sdk['file'], machine: Machine): Files {
  const known = FILES.get(machine) ?? new Map<Sdk['file'], Files>()
  FILES.set(machine, known)
  const read = (kind: FileKind): ProfileFile => {
    const { text } = machine[kind]
    return text === undefined ? EMPTY_FILE : file(readText(text), kind)
  }
  const files = known.get(file) ?? { credentials: read('credentials'), config: read('config') }
  known.set(file, files)
  return files
}

const FILES = new WeakMap<Machine, Map<Sdk['file'], Files>>()
