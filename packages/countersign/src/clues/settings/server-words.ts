/** What servers say in their own words where that leaves some causes and states none. The words are data: `catalog/server-dialects.ts`. */
import type { EvidenceReader } from '../../case/index.js'
import { SERVER_DIALECTS } from '../../catalog/index.js'
import { cluesOf, MOST_SCANNED, type Rule } from '../rule.js'

export const SERVER_RULES: readonly Rule[] = SERVER_DIALECTS.flatMap(({ name, leaves }) =>
  leaves.map(
    ({ id, text, needs, about, tags, means, fires, silent }): Rule => ({
      id,
      about,
      strength: 'strong',
      match: text,
      message: `${name}: ${means}`,
      value: 'names',
      ...(needs !== undefined && { needs }),
      ...(tags !== undefined && { tags }),
      fires: [fires],
      silent: [silent],
    }),
  ),
)

/** A setting of a server that says which region it checks with. */
const REGION_RULES: readonly Rule[] = [
  {
    id: 'server-region-set',
    about: 'region-mismatch',
    strength: 'weak',
    match: /^[ \t]{0,20}(?:s3_region\s{0,5}=|MINIO_(?:SITE_)?REGION(?:_NAME)?\s{0,5}[=:])\s{0,5}["']?([a-z][\w-]{1,40})/im,
    message: 'the server is set to check with the region {1}.',
    value: 'wanted',
    fires: ['[s3_api]\ns3_region = "garage"\n', 'MINIO_SITE_REGION=eu-west-1\n'],
    silent: ['[s3_api]\napi_bind_addr = "[::]:3900"\n', '# region of the server\n'],
  },
]

/** The endpoint of SES for SMTP: of which region the password has to be. */
const SMTP_RULES: readonly Rule[] = [
  {
    id: 'ses-smtp-region',
    about: 'smtp-password-not-derived',
    strength: 'weak',
    match: /\bemail-smtp\.([a-z]{2}(?:-[a-z]{2,12}){1,2}-\d)\.amazonaws\.com/i,
    message: 'the SMTP endpoint is that of {1}.',
    value: 'region',
    fires: ['host = email-smtp.eu-west-1.amazonaws.com'],
    silent: ['host = email.eu-west-1.amazonaws.com'],
  },
]

export const SERVER_WORD_RULES: readonly Rule[] = [...SERVER_RULES, ...REGION_RULES, ...SMTP_RULES]

export const serverWords: EvidenceReader = {
  id: 'server-words',
  reads: 'words of servers that leave some causes (Garage, OSS, COS, MSK, ElastiCache, SES), and the region that a server is set to',
  samples: ['535 Authentication Credentials Invalid\n', '[s3_api]\ns3_region = "garage"\n'],
  recognize: (text) => SERVER_WORD_RULES.some(({ match }) => match.test(text.slice(0, MOST_SCANNED))),
  read: ({ name, text }) => cluesOf(SERVER_WORD_RULES, text.slice(0, MOST_SCANNED), name),
}
