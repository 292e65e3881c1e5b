/** Issue templates of projects, filled in with what is known. */
import { fenced } from '../../report/index.js'

/** What a template asks for. All of it is redacted. */
export interface IssueFacts {
  readonly version: string
  readonly system: string
  readonly installation: string
  /** Whether the way of installing is one that its makers support. */
  readonly supported: boolean | undefined
  readonly command: string | undefined
  readonly container: string
  readonly ci: string
  readonly instance: string
  readonly specialCharacters: string
  readonly otherSdks: string
  /** What is wrong with this machine; a line each. */
  readonly machine: readonly string[]
  readonly diagnosis: string | undefined
  readonly logs: readonly { readonly name: string; readonly text: string }[]
}

export const PROJECTS = ['aws-cli', 'boto3', 'minio', 'generic'] as const
export type Project = (typeof PROJECTS)[number]

/** The template of a project as Markdown. */
export function issueForm(project: Project, facts: IssueFacts): string {
  const sections = FORMS[project].map(([heading, body]) => `### ${heading}\n\n${body(facts)}`)
  return `${[...(project === 'aws-cli' ? [firstSteps(facts)] : []), ...sections].join('\n\n')}\n`
}

type Section = readonly [heading: string, body: (facts: IssueFacts) => string]

/** A box is ticked only where this machine shows it: nobody can tell what you have read. */
function firstSteps({ supported, installation }: IssueFacts): string {
  return [
    '## Do this first!',
    '',
    '- [ ] Read the [user guide troubleshooting chapter](https://docs.aws.amazon.com/cli/latest/userguide/cli-chap-troubleshooting.html) to check for known issues like clock skew.',
    `- [${supported === true ? 'x' : ' '}] Confirm that the error occurs even if you use one of the [supported installation methods](https://docs.aws.amazon.com/cli/latest/userguide/cli-chap-install.html).`,
    '',
    supported === false
      ? `This way of installing is not a supported one: ${installation}. Try the installer of AWS before you file this.\n`
      : '',
    '## Required information',
  ]
    .filter((line, i, all) => line !== '' || all[i - 1] !== '')
    .join('\n')
}

const version: Section['1'] = ({ version }) => fenced(version)
const system: Section['1'] = ({ system }) => fenced(system)
const diagnosis: Section['1'] = ({ diagnosis }) => (diagnosis === undefined ? NO_LOG : fenced(diagnosis))
const logs: Section['1'] = ({ logs }) =>
  logs.length === 0 ? NO_LOG : logs.map(({ name, text }) => `${fenced(name)}\n\n${fenced(text)}`).join('\n\n')
const command: Section['1'] = ({ command }) => (command === undefined ? '(The logs do not show it: write it here.)' : fenced(command, 'sh'))
const installation: Section['1'] = ({ installation, supported }) => {
  const how =
    supported === undefined ? 'whether it is supported cannot be told' : supported ? 'a supported method' : 'not a supported method'
  return fenced(`${installation}: ${how}`)
}
const commandAndOutput: Section['1'] = (facts) => `${command(facts)}\n\n${logs(facts)}`
const secret: Section['1'] = ({ specialCharacters }) => specialCharacters
const environment: Section['1'] = ({ container, ci, instance, machine, otherSdks }) =>
  fenced(
    [
      `Container: ${container}`,
      `CI: ${ci}`,
      `Instance: ${instance}`,
      `Another SDK with the same keys: ${otherSdks}`,
      ...(machine.length === 0 ? [] : ['countersign doctor:', ...machine.map((line) => `  ${line}`)]),
    ].join('\n'),
  )
const TO_WRITE = '(Write it here.)'
const toWrite: Section['1'] = () => TO_WRITE
const NO_LOG = '(No log was given: `countersign report --for ... LOG`.)'
const SECRET_QUESTION = 'Does the secret key you are using have special characters, like ‘+’ or ‘/’, in it?'

const FORMS: Readonly<Record<Project, readonly Section[]>> = {
  'aws-cli': [
    ['Command line version', version],
    ['Operating system', system],
    ['Installation method', installation],
    ['Command being run and output', commandAndOutput],
    ['Other environment details', environment],
    [SECRET_QUESTION, secret],
    ['Diagnosis (countersign)', diagnosis],
  ],
  boto3: [
    ['Describe the bug', toWrite],
    ['Current Behavior', diagnosis],
    ['Reproduction Steps', command],
    ['Debug logs', logs],
    ['SDK version used', version],
    ['Environment details (OS name and version, etc.)', (facts) => `${system(facts)}\n\n${environment(facts)}`],
    [SECRET_QUESTION, secret],
  ],
  minio: [
    ['Expected Behavior', toWrite],
    ['Current Behavior', (facts) => `${diagnosis(facts)}\n\n${logs(facts)}`],
    ['Steps to Reproduce (for bugs)', command],
    ['Your Environment', (facts) => `${version(facts)}\n\n${system(facts)}\n\n${environment(facts)}`],
    [SECRET_QUESTION, secret],
  ],
  generic: [
    ['Diagnosis (countersign)', diagnosis],
    ['Command', command],
    ['Output', logs],
    ['Version', version],
    ['Operating system', system],
    ['Environment', environment],
    [SECRET_QUESTION, secret],
  ],
}
