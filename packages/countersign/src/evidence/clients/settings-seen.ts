/** Reads the settings that repairs speak of: what is already so needs no repair, and what a value is need not be asked. */
import { anyText, type EvidenceReader, type EvidenceSource } from '../../case/index.js'
import { SETTING_NAMES } from '../../catalog/index.js'
import { MOST_SCANNED, statementsOf } from '../../text/index.js'

export const settingsSeen: EvidenceReader = {
  id: 'settings-seen',
  reads: 'settings of clients and proxies that repairs speak of, in any notation',
  samples: ['location / { proxy_set_header Host $http_host; }\n', 'aws s3 ls --profile archive --region eu-west-1\n'],
  recognize: anyText,
  read({ name: source, text }: EvidenceSource) {
    return statementsOf(text.slice(0, MOST_SCANNED), SETTING_NAMES).map(({ name, value, at }) => ({
      kind: 'setting',
      name,
      value,
      location: { source, start: at, end: at + name.length },
      fidelity: 'exact',
    }))
  },
}
