/**
 * AWS CLI command lines and the environment set before them.
 * @see https://docs.aws.amazon.com/cli/latest/reference/#global-options
 */

import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import { type ShellCommand, shellCommands } from '../../text/index.js'

export const awsCliCommand: EvidenceReader = {
  id: 'aws-cli-command',
  reads: 'aws command lines with the variables set before them',
  samples: [
    'export AWS_DEFAULT_REGION=us-east-2\naws --debug --endpoint-url http://s3.us-east-2.amazonaws.com:80 s3 ls s3://\n',
    '$ AWS_REGION= aws s3 --endpoint-url https://s3.dualstack.eu-west-1.amazonaws.com ls s3://examplebucket\n',
    'aws s3 presign s3://examplebucket/a.csv\ncurl -XPUT --upload-file a.csv "$URL"\n',
  ],
  recognize: (text) => /\baws(?:\.exe)?[ \t]/.test(text) && awsCommands(text).length > 0,
  read,
}

function read({ name, text }: EvidenceSource): readonly Observation[] {
  return awsCommands(text).map(({ start, end }) => ({
    kind: 'client',
    name: 'aws-cli',
    version: '',
    location: { source: name, start, end },
    fidelity: 'exact',
  }))
}

/** The command lines of the AWS CLI in a text. */
export function awsCommands(text: string): readonly ShellCommand[] {
  return shellCommands(text, 'aws').filter(({ words }) => words.some((word, i) => i > 0 && /^[a-z][a-z0-9-]{1,40}$/.test(word)))
}
