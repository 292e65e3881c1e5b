/** Forms of credentials that are sure enough for a line of evidence, of which too much may be hidden, and not for every report. */

/** A form; what is hidden is the group `hidden`. */
export interface LineForm {
  readonly form: RegExp
  readonly only?: (text: string) => boolean
  /** Only where the group `name` is the name of a credential. */
  readonly named?: boolean
}

export const LINE_FORMS: readonly LineForm[] = [
  // All that is behind the scheme of another way to sign in than AWS's.
  {
    form: /authorization["'`]?[ \t]{0,4}[:=,][ \t]{0,4}["'`]?(?:Digest|Negotiate|NTLM|Hawk|OAuth|Mutual|SCRAM-[A-Z0-9-]{1,20})[ \t]{1,4}(?<hidden>[^\n]{1,8192})/gi,
  },
  // scheme://token@host: whose name is short and without digits is a name.
  {
    form: /(?<![a-z0-9+.])[a-z][a-z0-9+.-]{1,20}:\/\/(?<hidden>[^\s:/?#@"'<>[\]*$]{4,256})@/gi,
    only: (text) => /\d/.test(text) || text.length > LONGEST_USER,
  },
  // Directives of shells and proxies, and the definition of a constant, that have a blank between name and value.
  {
    form: /^\s{0,20}(?:set -gx|setenv|export|set|#define|define|proxy_set_header|fastcgi_param|uwsgi_param|SetEnv|ENV|ARG|header_up|(?:http-request )?set-header|RequestHeader set|aws configure set)[ \t]{1,8}(?<name>[\w.-]{1,80})[ \t]{1,8}["']?(?<hidden>[^\s"';]{3,512})/gim,
    named: true,
  },
  // ("ID", "secret"), also where the secret is a word.
  {
    form: /["']A[KS]IA[A-Z0-9]{12,124}["']\s{0,8},\s{0,40}@?["'](?<hidden>[^\s"']{4,512})["']/g,
    only: (text) => !/^A[KS]IA|^[a-z]{2}(?:-[a-z]{1,12}){1,4}-\d$/.test(text),
  },
  // ["one", "another"] under a name in the plural, of which "tokens: 3" has another meaning.
  {
    form: /["'](?:[a-z_-]{0,40}tokens|[a-z_-]{0,40}secrets|[a-z_-]{0,40}api_?keys)\\?["'][ \t]{0,4}:[ \t]{0,4}\[(?!\[)(?<hidden>[^\]]{3,2048})/gi,
  },
  // A line of .netrc
  { form: /\b(?:machine|login)[ \t][^\n]{1,200}?[ \t]password[ \t]{1,4}(?<hidden>[^\s[]{3,256})/g },
  // Addresses that are keys: web hooks and bots.
  { form: /hooks?\.[a-z0-9.-]{1,80}\/[^\s"'<>?#]{0,200}\/(?<hidden>[^\s"'<>/]{6,200})/gi },
  { form: /\/(?:web)?hooks?\/[^\s"'<>?#]{0,200}?(?<hidden>[A-Za-z0-9_-]{10,200})(?=[\s"'<>?#,;)]|$)/gi },
  { form: /\/bot\d{6,12}:(?<hidden>[A-Za-z0-9_-]{6,64})/g },
  // .pgpass, and others that put colons between host, port, database, user and password.
  { form: /^\s{0,8}[\w.*-]{1,200}:(?:\d{2,5}|\*):[\w.*-]{1,64}:[\w.*-]{1,64}:(?<hidden>[^\s:]{3,200})$/g },
  // Oracle's user/password@service
  {
    form: /\b(?:sqlplus|jdbc:oracle:\w{1,8}:|impdp|expdp)\s{0,2}(?:-[A-Za-z]+ ){0,3}["']?\w{1,64}\/(?<hidden>[^\s"'@/]{3,128})(?=@|$|\s)/gi,
  },
  // user:password@tcp(host:port)/name of Go
  { form: /(?<![\w/])[\w.-]{1,64}:(?<hidden>[^\s"':/]{3,128})@(?:tcp|unix)\(/g },
  // "log in with admin / secret"
  {
    form: /\b(?:log(?:ged)? ?in|sign(?:ed)? ?in|login)\b[^\n]{0,40}?[ \t][\w.@-]{1,64} ?[/:] ?(?<hidden>[^\s"'<>[/:]{4,200})/gi,
    only: (text) => /\d/.test(text),
  },
]

const LONGEST_USER = 16
