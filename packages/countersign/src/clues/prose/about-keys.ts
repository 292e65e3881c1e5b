// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of programs
/** What people say of secrets, keys and session tokens. */
import { twins } from '../rule.js'
import { anyOf, pattern, words } from './pattern.js'
import type { ProseRule } from './prose-rule.js'
import { KEYS, PLACE_OF_SECRET, PRESIGNED, SECRET, TEMPORARY, WORKS } from './words.js'

const OF_OBJECTS = /\bobject|\bs3 cp\b|\bfile ?name|\bfiles\b|\be-?tag|\bheader|\bmetadata|\bcanonical|\bstring to sign|\bbody|\bpath\b/i
const SECRET_SIGN = anyOf`["'\x60(][/+=]+["'\x60),.] | (?<=\s)[/+=](?=[\s.,)]|$)
  | ${words`slash(?:es)? | plus(?: ?signs?|es)? | (?:special|reserved) (?:char\w*|symbols?|signs?)`}`

export const ABOUT_KEYS: readonly ProseRule[] = [
  {
    // https://helm.sh/docs/intro/using_helm/ "The Format and Limitations of --set": a comma begins the next value.
    id: 'helm-value-with-comma',
    about: 'secret-truncated',
    strength: 'strong',
    where: 'anywhere',
    match:
      /\bhelm (?:upgrade|install|template)\b[^\n]{0,300}--set(?:-string)?[ =]["']?[\w.-]{0,80}secret[\w.-]{0,40}=[^\s,\\]{1,80},[^\s=,]{1,80}(?=["'\s]|$)/i,
    message: 'helm takes a comma in --set for the end of the value, and the rest of the secret is lost.',
    says: { sign: ',' },
    ...twins('helm upgrade app ./c --set s3.secretKey=abc«, → \\,»defGHI'),
  },
  {
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html "Expiration time": not longer than the credentials.
    id: 'presigned-with-a-token',
    about: 'presigned-url-outlived-its-token',
    where: 'any sentence',
    needs: /ExpiredToken|token (?:has|is) expired|token included in the request is expired/i,
    match: pattern`pre-?signed (?:\w{1,12} )?(?:urls?|links?) | signed (?:urls?|links?) | presign\w*`,
    message: 'A URL that temporary credentials presigned carries their session token, and ends with it.',
    ...twins('Our «presigned links → uploads» say ExpiredToken after some hours.'),
  },
  {
    // https://docs.github.com/en/actions/security-for-github-actions/security-guides/security-hardening-for-github-actions: put into the script as text.
    id: 'secret-in-script',
    about: 'secret-shell-expanded',
    strength: 'strong',
    where: 'anywhere',
    match: /(?:^|[\n;])[ \t]{0,40}(?:- run: )?(?:export |set )?[A-Z_]{0,20}SECRET[A-Z_]{0,20}="?\$\{\{ {0,3}secrets\.\w/,
    message: 'The secret is written into the script, where the shell reads its "$", quotes and backslashes.',
    says: { by: 'workflow' },
    ...twins('      export AWS_SECRET_ACCESS_KEY«= → : »${{ secrets.KEY }}\n'),
  },
  {
    id: 'quotes-of-the-shell',
    about: 'secret-shell-expanded',
    needs: /secret|key|password/i,
    match: pattern`single quot\w* ~40 ${WORKS}`,
    message:
      'In single quotation marks the shell leaves the value alone; in double ones it replaces what begins with "$", "!" or a backslash.',
    ...twins('With the secret in «single quotes → a file» it works, otherwise it is refused.'),
  },
  {
    id: 'secret-holds-sign',
    about: 'secret.mangled',
    tags: ['secret-lost-characters', 'secret-url-encoded'],
    where: 'any sentence',
    match: pattern`
      ${SECRET} | (?:the|my|our|this|your) key >80 ${SECRET_SIGN}
      || ${SECRET} ~60 (?:only )?(?:letters and (?:digits|numbers)|alpha-?numeric(?:al)?(?: (?:characters|ones))?)(?: only)?
      || some | certain | one | other | another >20 ${KEYS} >30 ${WORKS} > others? | another | some`,
    unless:
      /\b(?:leading|double|trailing) slash|\bobject|\bfile ?name|\bquery|\bpresign|\bsame (?:access |secret )?(?:keys?|pairs?|credentials?)\b/i,
    message: 'The secret access key holds a slash or a plus, which some tools change.',
    fires: ['It fails if the secret access key contains "/".', 'Some key pairs work and others are refused.'],
    silent: ['It fails if the object key contains "/".', 'The same key pairs work elsewhere.'],
  },
  {
    id: 'secret-wrapped',
    about: 'secret.mangled',
    tags: ['secret-has-space', 'secret-has-quotes'],
    match: pattern`
      ${SECRET} ~80 (?:trailing|leading|extra|invisible|stray) (?:spaces?|white ?space|blanks?|tabs?)
      || ${SECRET} | variable | env | \.env | ini | compose | config ~ quot(?:es?|ed|ing) | quotation marks? | apostrophes?`,
    unless: OF_OBJECTS,
    message: 'White space or quotes around the secret access key become part of it.',
    ...twins(
      'There was a trailing space in the «secret → header», so it failed.',
      '«Docker → The server» keeps the quotes of the «env file → ETag», and so it fails.',
    ),
  },
  {
    id: 'secret-line-break',
    about: 'secret-has-newline',
    match: pattern`
      ${SECRET} | variable | env | \.env | password | \.?passwd-s3fs | \.s3cfg | \.boto | rclone\.conf
        ~ (?:trailing )?(?:new ?lines?|line ?(?:breaks?|feeds?|end\w*)|carriage returns?|crlf)
      || dos2unix | (?:windows|dos) line end\w*`,
    // What keeps its standard input, or a file, to the last byte.
    needs: /secret|key|passw|credential/i,
    shown:
      /\becho\s{1,3}(?!-\w{0,3}n)[^\n|]{0,90}\|\s{0,3}(?:(?:openssl )?base64|docker secret create|podman secret create|vault kv put|gcloud secrets)|\becho\s{1,3}(?!-\w{0,3}n)[^\n|>]{0,90}>\s{0,3}\S{1,60}(?=[\s\S]{0,400}--from-file)/i,
    unless: OF_OBJECTS,
    message: 'The secret access key may end in a line break, as values of secret stores and of files with CRLF do.',
    ...twins(
      'The «secret in the env file → body» ended in a line feed and failed.',
      'echo« →  -n» "$AWS_SECRET" | base64 > secret.yaml',
      'echo« →  -n» "$VALUE" | docker secret create s3 -',
    ),
  },
  {
    id: 'secret-in-url',
    about: 'secret-url-encoded',
    match: pattern`
      ${SECRET} ~ (?:url|uri|percent|html)[- ]?(?:en|de|es)cod\w* | connection string | dsn | userinfo
        | (?:in|inside|from) (?:the |a )?(?:url|uri)`,
    unless: PRESIGNED,
    message: 'A secret access key that is handed over in a URL is percent-encoded or decoded there.',
    ...twins('The «secret → region» is part of the connection string, and it fails.'),
  },
  {
    id: 'key-id-temporary',
    about: 'session-token-missing',
    strength: 'strong',
    where: 'any sentence',
    match: pattern`starts? | begins? | starting | beginning > with ["'\x60(]{0,2}ASIA
      || ["'\x60(]ASIA(?:\.{2,3}|\*{1,20}|x{2,20})?["'\x60)]`,
    unless: /\b(?:with|has|have|send\w*|includ\w*|set) (?:the |a )?(?:session|security) ?-?token/i,
    message: 'A key that begins with ASIA is temporary, and needs its session token.',
    ...twins('The access key ID starts with «ASIA → AKIA» and the service says 403.'),
  },
  {
    id: 'temporary-key-set',
    about: 'session-token-missing',
    strength: 'strong',
    where: 'anywhere',
    match: /\baccess[._-]?key(?:[._-]?id)?["']?\s{0,3}[=:]\s{0,3}["']?ASIA/i,
    unless: /(?:session|security)[._ -]?token/i,
    message: 'A key ID that begins with ASIA is set, and no session token.',
    ...twins('spark.hadoop.fs.s3a.access.key=«ASIA → AKIA»IOSFODNN7EXAMPLE\n'),
  },
  {
    id: 'restart-helps',
    about: 'secret-mismatch',
    needs: /\brotat|\bnew (?:access |secret )?keys?\b|\bkeys? (?:was|were|has been|have been) (?:changed|replaced)/i,
    match: pattern`restarted | recreated | redeployed | fresh | new(?:er)? (?:pods?|containers?|instances?|tasks?|processes|workers?) | after (?:a|the) restart ~60 ${WORKS}`,
    message: 'A restarted process works: those that still run keep the earlier keys.',
    ...twins(
      'We rotated the key. The «restarted → other» pods work, three are refused.',
      'They rotated the key and half of them fail. «New pods → Some days» are fine.',
    ),
  },
  {
    // The key ID is there and the secret is not: a variable of another name, or none that was loaded.
    id: 'secret-printed-undefined',
    about: 'secret-mismatch',
    strength: 'strong',
    where: 'anywhere',
    match: /\b(?:AKIA|ASIA)[A-Z0-9*]{6,20}["']?[,;:\s/|]{1,4}["']?(?:undefined|null|None|nil|NaN)\b/,
    message: 'The access key ID is printed, and beside it nothing for the secret: its variable is not set where it is read.',
    says: { secret: 'unset' },
    ...twins('AKIAIOSFODNN7EXAMPLE «undefined → loaded»\n'),
  },
  {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html: a secret of AWS has 40 characters.
    id: 'secret-length-short',
    about: 'secret.mangled',
    tags: ['secret-truncated', 'secret-lost-characters'],
    strength: 'strong',
    where: 'any sentence',
    match: /\bsecret[^\n]{0,80}\b(?:2\d|3\d)(?: (?:char|letter|digit|symbol|byte)|$|[.,;)])/i,
    needs: /\b(?:count\w*|chars?|characters?|long|length|letters)\b/i,
    unless: /\b4[0-9]\b|\bminutes?\b|\bdays?\b/i,
    message: 'The secret access key has fewer than the 40 characters that AWS gives: some were lost where it was copied.',
    ...twins('My secret access key has 3«9 → 0 upper-case and 10 other» characters and the service says SignatureDoesNotMatch.'),
  },
  {
    id: 'secret-field-short',
    about: 'secret.mangled',
    tags: ['secret-truncated'],
    where: 'anywhere',
    needs: /secret|\bkeys?\b|credential|fields?\b/i,
    match: /\b(?:var)?char(?:acter varying)?\s?\(\s?(?:[1-9]|[12]\d|3\d)\s?\)|max_?length["']?\s?[=:(]\s?["']?(?:[1-9]|[12]\d|3\d)(?!\d)/i,
    message: 'A field of fewer than 40 characters cuts a secret access key.',
    ...twins('The secret key is kept in a VARCHAR(«32 → 64»), and every upload is refused.'),
  },
  {
    id: 'secret-copied',
    about: 'secret.mangled',
    tags: ['secret-lost-characters', 'secret-truncated'],
    names: true,
    match: pattern`
      cop(?:y|ied|ying) | past(?:e|ed|ing) | typed | retyp\w* | truncat\w* | cut off ~ ${SECRET} | keys? | csv | password manager`,
    unless: OF_OBJECTS,
    message: 'The secret access key was copied, and may have lost or gained a character.',
    ...twins('I copied the «secret from an e-mail → object from a bucket» and it is refused.'),
  },
  {
    id: 'secret-by-another-way',
    about: 'secret.mangled',
    tags: ['secret-shell-expanded'],
    names: true,
    match: pattern`
      ${PLACE_OF_SECRET} ~100 works? | fine | ok | locally | my (?:machine|laptop)
      || hard-?cod\w* | literals? | param\w* | arguments? ~40 works?`,
    unless: /\bregion|\bminio|\bhost ?name|\blocalhost|\bbehind|\bendpoint|\bquery|\bparams\b|\bwithout param|\bport\b|\burl\b/i,
    message: 'The same values work where they are given another way: a file, a shell or a secret store may change the secret access key.',
    fires: ['On my laptop it works, in GitHub Actions it fails.', 'Hard-coded keys work, those of the env file fail.'],
    silent: ['In us-east-1 it works, from the other region it fails.'],
  },
  {
    id: 'works-on-own-machine',
    about: 'secret.mangled',
    strength: 'weak',
    tags: ['secret-has-newline', 'secret-lost-characters'],
    needs: pattern`${words`ci | github actions? | gitlab(?:[- ]ci)? | jenkins | pipelines? | travis | \.travis\.yml | circleci | bitbucket | heroku | netlify | vercel | buildkite | drone | kubernetes | k8s | helm | docker(?:[- ]compose)? | systemd | cron`}`,
    match: pattern`locally | (?:on|from) my (?:own )?(?:machine|laptop|mac|pc|desktop|workstation) ~60 ${WORKS}`,
    unless: /\bregion|\bproxy|\bvpn|\bendpoint|\bhost ?name|\bport\b/i,
    message: 'The same values work on a machine of your own: what hands them over elsewhere may change them.',
    ...twins('«GitHub Actions → Yesterday» says 403. Locally the same key works.'),
  },
  {
    id: 'keys-changed',
    about: 'secret-mismatch',
    where: 'any sentence',
    match: pattern`
      (?:new|rotat\w*|regenerat\w*|replac\w*|old|previous|stale|wrong|recreat\w*|re-?issued|inactive|deactivat\w*|deleted|renew\w*|chang\w*) (?:(?:the|my|our|a|an|all|pair of|set of|aws|iam|s3|access|secret) ){0,3}${KEYS}
      || ${KEYS} (?:were|was|have been|has been|got|are) (?:rotat\w*|regenerat\w*|chang\w*|replac\w*|recreat\w*|deactivat\w*|renewed)`,
    unless: /\bsigning key|\bkey order|\bobject keys?|\bstill\b|\bwithout\b|\bsmtp\b/i,
    message: 'The keys were changed, and an old secret access key may still be in use.',
    fires: ['It fails since we rotated the keys.', "I've changed MINIO_ROOT_PASSWORD in the compose file."],
    silent: ['I rotated the keys, no change.', 'It fails since we rotated the logs.', "I've changed MINIO_BROWSER in the compose file."],
  },
  {
    id: 'old-keys-kept',
    about: 'secret-mismatch',
    where: 'any sentence',
    match: pattern`
      still (?:has|have|had|uses?|used|using|holds?|points? to|reads?) >40 ${KEYS} >40 old | previous | former | earlier | deleted
      || still (?:has|have|had|uses?|used|using|holds?|reads?) >30 old | previous | former | earlier >20 ${KEYS}`,
    message: 'The keys of an earlier set-up are still in use.',
    ...twins('The registry still has the accesskey and secretkey of the «old → same» tenant.'),
  },
  {
    // https://developer.hashicorp.com/vault/docs/agent-and-proxy/agent/template; https://pkg.go.dev/text/template "{{-": trims white space.
    id: 'template-leaves-line-break',
    about: 'secret-has-newline',
    strength: 'strong',
    where: 'anywhere',
    needs: /secret|access_key/i,
    match: /\{\{-? ?\.Data\.(?:data\.)?\w{1,60} ?\}\}[ \t]{0,10}\n[ \t]{0,20}\{\{(?!-) ?end/,
    message: 'The template ends its value in the next line, and the line break becomes a part of the value.',
    ...twins('secret_access_key = "{{ with secret "kv/s3" }}{{ .Data.data.key }}\n{{«  → - »end }}"\n'),
  },
  {
    id: 'halves-of-two-pairs',
    about: 'secret-mismatch',
    where: 'any sentence',
    match: pattern`
      access key(?: id)? (?:of|from) (?:the )?(?:one|first|old|other|\w{1,20} user)
        >30 secret(?: (?:access )?key)? (?:of|from) (?:the )?(?:other|second|new|another|\w{1,20} user)`,
    message: 'The access key ID is of one pair and the secret of another.',
    ...twins('I took the access key of the first and the secret of the «second → same».'),
  },
  {
    id: 'keys-mixed-up',
    about: 'secret.mismatch',
    tags: ['access-key-and-secret-swapped'],
    where: 'any sentence',
    match: pattern`
      swap\w* | mix\w* up | revers\w* | transpos\w* | wrong way (?:a?round) | interchang\w* >40 ${KEYS} | ${SECRET}`,
    unless: /\barguments?|\bhmac|\bparameters|\bworks? (?:with|from|in|for)|\bregion/i,
    message: 'The keys may have been mixed up.',
    ...twins('I had swapped the access key and the «secret → arguments of hmac».'),
  },
  {
    id: 'keys-of-another-place',
    about: 'secret-mismatch',
    where: 'any sentence',
    match: pattern`
      AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY) ~60 exported | set globally | in my \.\w{2,14}
      || (?:wrong|other|another|different|default|second|old) (?:aws )?(?:profile|account|credentials|user)
      || overrid\w* | shadow\w* | preced\w* | win | still set | unset\w* ~40 env(?:ironment)? variables? | AWS_\w{4,30}`,
    unless: /\barguments?|\bhmac|\bparameters|\bworks? (?:with|from|in|for)|\bregion/i,
    message: 'The keys of another profile or place may be in use.',
    fires: ['The environment variables override the profile, and it fails.', 'I have AWS_ACCESS_KEY_ID exported in my .zshrc for AWS.'],
    silent: ['The profile is read from the environment.'],
  },
  {
    id: 'smtp-password',
    about: 'secret-mismatch',
    where: 'anywhere',
    match: pattern`smtp\w* ~80 credentials? | user ?name | password | keys? | AWS_(?:SECRET|ACCESS)\w{0,20}`,
    message: 'An SES SMTP password is derived from a secret access key and is not a secret access key itself.',
    fires: ['SMTP password = the secret of my user'],
    silent: ['SMTP port = 587'],
  },
  {
    id: 'temporary-keys',
    about: 'token.missing',
    names: true,
    match: pattern`${TEMPORARY}`,
    shown: /\b(?:lambda|ecs|fargate|instance profile|assumed? role|temporary)\b[^\n]{0,200}\bAWS_ACCESS_KEY_ID\b(?![\s\S]{0,300}TOKEN)/i,
    unless: /\brole has|\bpermission|\bfor the role\b|\bexpir/i,
    message: 'Temporary credentials need their session token.',
    fires: ['AKIA keys work, with an assumed role it fails.', 'In Lambda I read AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.'],
    silent: ['We use an assumed role.', 'In Lambda I read AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.'],
  },
]
