/** Set-ups of a machine: an environment and two files. Every value is made up. */
export interface RealSetup {
  readonly name: string
  readonly env?: Readonly<Record<string, string>>
  readonly credentials?: string
  readonly config?: string
  readonly profile?: string
}

const PAIR = { AWS_ACCESS_KEY_ID: 'AKIAENVIRONMENT00001', AWS_SECRET_ACCESS_KEY: 'environment-secret' }
const TOKEN = { ...PAIR, AWS_ACCESS_KEY_ID: 'ASIAENVIRONMENT00001', AWS_SESSION_TOKEN: 'environment-token' }
const keys = (name: string, heading = name) =>
  `[${heading}]\naws_access_key_id = AKIA${name.toUpperCase()}\naws_secret_access_key = ${name}-secret\n`
const BOTH = keys('default') + keys('work')
const ROLE = 'role_arn = arn:aws:iam::123456789012:role/reader\n'

export const SETUPS: readonly RealSetup[] = [
  { name: 'nothing at all' },
  { name: 'a pair in the environment', env: PAIR },
  { name: 'a pair and a token in the environment', env: TOKEN },
  { name: 'an old name for the token', env: { ...PAIR, AWS_SECURITY_TOKEN: 'old-token' } },
  { name: 'both names for the token', env: { ...TOKEN, AWS_SECURITY_TOKEN: 'old-token' } },
  { name: 'an ID without its secret', env: { AWS_ACCESS_KEY_ID: PAIR.AWS_ACCESS_KEY_ID }, credentials: BOTH },
  { name: 'a secret without its ID', env: { AWS_SECRET_ACCESS_KEY: PAIR.AWS_SECRET_ACCESS_KEY }, credentials: BOTH },
  { name: 'an empty ID beside a secret', env: { ...PAIR, AWS_ACCESS_KEY_ID: '' }, credentials: BOTH },
  { name: 'an empty secret beside an ID', env: { ...PAIR, AWS_SECRET_ACCESS_KEY: '' }, credentials: BOTH },
  { name: 'an empty token', env: { ...PAIR, AWS_SESSION_TOKEN: '' } },
  { name: 'blanks around the values', env: { AWS_ACCESS_KEY_ID: ' AKIABLANK ', AWS_SECRET_ACCESS_KEY: ' blank-secret ' } },
  { name: 'the default profile', credentials: BOTH },
  { name: 'the environment before the default profile', env: PAIR, credentials: BOTH },
  { name: 'AWS_PROFILE', env: { AWS_PROFILE: 'work' }, credentials: BOTH },
  { name: 'AWS_DEFAULT_PROFILE', env: { AWS_DEFAULT_PROFILE: 'work' }, credentials: BOTH },
  { name: 'both names for the profile', env: { AWS_DEFAULT_PROFILE: 'work', AWS_PROFILE: 'default' }, credentials: BOTH },
  { name: 'AWS_PROFILE and a pair in the environment', env: { ...PAIR, AWS_PROFILE: 'work' }, credentials: BOTH },
  { name: 'a profile by argument and a pair in the environment', env: PAIR, profile: 'work', credentials: BOTH },
  { name: 'a profile by argument before AWS_PROFILE', env: { AWS_PROFILE: 'default' }, profile: 'work', credentials: BOTH },
  { name: 'a profile that does not exist', env: { AWS_PROFILE: 'wrok' }, credentials: BOTH },
  { name: 'a missing profile and a pair in the environment', env: { ...PAIR, AWS_PROFILE: 'wrok' }, credentials: BOTH },
  { name: 'an empty AWS_PROFILE', env: { AWS_PROFILE: '' }, credentials: BOTH },
  { name: 'keys in the config file', config: keys('default') },
  { name: 'keys of a profile in the config file', env: { AWS_PROFILE: 'work' }, config: keys('work', 'profile work') },
  { name: 'a profile of the config file without its prefix', env: { AWS_PROFILE: 'work' }, config: keys('work') },
  { name: 'a profile of the credentials file with the prefix', env: { AWS_PROFILE: 'work' }, credentials: keys('work', 'profile work') },
  { name: 'keys in both files', credentials: keys('default'), config: keys('other', 'default') },
  {
    name: 'the ID in one file and the secret in the other',
    credentials: '[default]\naws_access_key_id = AKIASPLIT\n',
    config: '[default]\naws_secret_access_key = split-secret\n',
  },
  { name: 'a token in the config file beside a pair', credentials: keys('default'), config: '[default]\naws_session_token = stale\n' },
  { name: 'a token beside the pair', credentials: `${keys('default')}aws_session_token = file-token\n` },
  { name: 'an old token beside the pair', credentials: `${keys('default')}aws_security_token = old-token\n` },
  { name: 'a comment behind the secret', credentials: `${keys('default').trimEnd()} # archive\n` },
  { name: 'a comment without a blank', credentials: `${keys('default').trimEnd()}#archive\n` },
  {
    name: 'quotes around the secret',
    credentials: '[default]\naws_access_key_id = "AKIAQUOTED"\naws_secret_access_key = "quoted-secret"\n',
  },
  { name: 'no blanks around the sign', credentials: '[default]\naws_access_key_id=AKIATIGHT\naws_secret_access_key=tight=secret==\n' },
  { name: 'Windows line ends', credentials: keys('default').replaceAll('\n', '\r\n') },
  { name: 'a byte order mark', credentials: `\ufeff${keys('default')}` },
  { name: 'names in capitals', credentials: '[default]\nAWS_ACCESS_KEY_ID = AKIACAPITAL\nAWS_SECRET_ACCESS_KEY = capital-secret\n' },
  { name: 'a colon for the sign', credentials: '[default]\naws_access_key_id: AKIACOLON\naws_secret_access_key: colon-secret\n' },
  { name: 'the profile twice', credentials: keys('default') + keys('later', 'default') },
  { name: 'the secret twice', credentials: `${keys('default')}aws_secret_access_key = later-secret\n` },
  { name: 'a line of no meaning', credentials: `${keys('default')}export\n` },
  { name: 'an export line', credentials: `[default]\nexport aws_access_key_id = AKIAEXPORT\naws_secret_access_key = export-secret\n` },
  { name: 'indented settings', credentials: '[default]\n  aws_access_key_id = AKIAINDENT\n  aws_secret_access_key = indent-secret\n' },
  { name: 'blanks in the heading', credentials: keys('default', ' default ') },
  { name: 'a quoted heading', env: { AWS_PROFILE: 'my-team' }, config: keys('team', 'profile "my-team"') },
  { name: 'a heading with a blank in quotes', env: { AWS_PROFILE: 'my team' }, config: keys('team', 'profile "my team"') },
  { name: 'a default with the prefix', config: keys('default') + keys('later', 'profile default') },
  { name: 'an empty secret in the file', credentials: '[default]\naws_access_key_id = AKIAEMPTY\naws_secret_access_key =\n' },
  { name: 'an ID without its secret in the file', credentials: '[default]\naws_access_key_id = AKIAALONE\n' },
  {
    name: 'a role with its source',
    env: { AWS_PROFILE: 'r' },
    credentials: BOTH,
    config: `[profile r]\n${ROLE}source_profile = default\n`,
  },
  {
    name: 'a role with its own keys',
    env: { AWS_PROFILE: 'work' },
    credentials: BOTH,
    config: `[profile work]\n${ROLE}source_profile = work\n`,
  },
  { name: 'a role without a source', env: { AWS_PROFILE: 'work' }, credentials: BOTH, config: `[profile work]\n${ROLE}` },
  {
    name: 'a role with a missing source',
    env: { AWS_PROFILE: 'r' },
    credentials: BOTH,
    config: `[profile r]\n${ROLE}source_profile = x\n`,
  },
  {
    name: 'a process',
    config: `[default]\ncredential_process = /bin/echo '{"Version": 1, "AccessKeyId": "AKIAPROCESS", "SecretAccessKey": "process-secret"}'\n`,
  },
  {
    name: 'keys and SSO in one profile',
    credentials: keys('default'),
    config:
      '[default]\nsso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-1\nsso_account_id = 123456789012\nsso_role_name = reader\n',
  },
  {
    name: 'SSO alone',
    config:
      '[default]\nsso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-1\nsso_account_id = 123456789012\nsso_role_name = reader\n',
  },
  { name: 'AWS_REGION', env: { ...PAIR, AWS_REGION: 'eu-west-1' } },
  { name: 'AWS_DEFAULT_REGION', env: { ...PAIR, AWS_DEFAULT_REGION: 'eu-west-2' } },
  { name: 'both regions', env: { ...PAIR, AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2' } },
  { name: 'the region of the profile', env: { AWS_PROFILE: 'work' }, credentials: BOTH, config: '[profile work]\nregion = ap-south-1\n' },
  { name: 'regions in both files', credentials: `${keys('default')}region = eu-west-3\n`, config: '[default]\nregion = eu-north-1\n' },
  { name: 'an empty AWS_REGION', env: { ...PAIR, AWS_REGION: '', AWS_DEFAULT_REGION: '' }, config: '[default]\nregion = eu-north-1\n' },
  { name: 'a comment behind the region', env: PAIR, config: '[default]\nregion = eu-north-1 ; home\n' },
  { name: 'an endpoint in the environment', env: { ...PAIR, AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' } },
  { name: 'an endpoint for one service', env: { ...PAIR, AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9000' } },
  { name: 'an endpoint in the profile', env: PAIR, config: '[default]\nendpoint_url = http://127.0.0.1:4566\n' },
  {
    name: 'an endpoint in a services section',
    env: PAIR,
    config: '[default]\nservices = local\n[services local]\ns3 =\n  endpoint_url = http://127.0.0.1:9000\n',
  },
  {
    name: 'endpoints that are to be ignored',
    env: { ...PAIR, AWS_ENDPOINT_URL: 'http://127.0.0.1:4566', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' },
  },
]
