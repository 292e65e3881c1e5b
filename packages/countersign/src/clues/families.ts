/** The rules, by the reader that asks them. */
import type { EvidenceReader } from '../case/index.js'
import { CLIENT_RULES, clientCode } from './code/client-code.js'
import { CODE_RULES, signerCode } from './code/signer-code.js'
import { CONTRAST_RULES, contrasts } from './contrast/contrasts.js'
import { DENIAL_RULES, denials } from './prose/denials.js'
import { PROSE_RULES, prose } from './prose/prose.js'
import { HOP_RULES } from './proxies/effects.js'
import { proxyConfiguration } from './proxies/proxy-configuration.js'
import type { RuleHead } from './rule.js'
import { commandLines } from './settings/command-lines.js'
import { credentialsText } from './settings/credentials-text.js'
import { keptRequests } from './settings/kept-requests.js'
import { SERVER_WORD_RULES, serverWords } from './settings/server-words.js'
import { COMMAND_RULES, CREDENTIAL_RULES, KEPT_RULES } from './settings/setting-rules.js'
import { clientVersions, VERSION_RULES } from './versions/client-versions.js'

export interface Family {
  readonly reader: EvidenceReader
  readonly rules: readonly RuleHead[]
}

export const FAMILIES: readonly Family[] = [
  { reader: prose, rules: PROSE_RULES },
  { reader: contrasts, rules: CONTRAST_RULES },
  { reader: denials, rules: DENIAL_RULES },
  { reader: clientVersions, rules: VERSION_RULES },
  { reader: proxyConfiguration, rules: HOP_RULES },
  { reader: credentialsText, rules: CREDENTIAL_RULES },
  { reader: commandLines, rules: COMMAND_RULES },
  { reader: keptRequests, rules: KEPT_RULES },
  { reader: serverWords, rules: SERVER_WORD_RULES },
  { reader: clientCode, rules: CLIENT_RULES },
  { reader: signerCode, rules: CODE_RULES },
]
