/** What people say of object keys and paths. */
import { twins } from '../rule.js'
import { either, pattern } from './pattern.js'
import type { ProseRule } from './prose-rule.js'
import { FAILS, HOLDS, LETTER, LETTERS, OBJECT_NAME, SIGN, SIGN_NAME } from './words.js'

const ODD = `(?:${SIGN_NAME}|${SIGN})`
const OF_OTHERS =
  /secret|\baccess ?key|\bkey pairs?|\bcredentials?\b|\bpasswords?\b|\bquery|\bparam|\bprefix|\bmetadata|\bheader|\bbody|\b(?:double|leading|trailing|consecutive|two|extra) slash/i

export const ABOUT_PATH: readonly ProseRule[] = [
  {
    id: 'path-encoded-twice',
    about: 'path-encoded-twice',
    match: pattern`
      (?:double|twice|doubly|two times)[- ]?(?:url[- ]?|uri[- ]?|percent[- ]?)?(?:en|es)cod\w*
        | (?:en|es)cod\w+ (?:(?:it|them|the \w{1,10}) )?(?:twice|again|two times|a second time)
      || %25(?:20|2[bBfF]|3[adAD])(?!\w)`,
    unless: /\bquery|\bparam/i,
    message: 'Something is percent-encoded twice.',
    ...twins('The path seems to be «encoded → written» twice, and then it fails.'),
  },
  {
    id: 'path-slashes',
    about: 'path-normalized',
    match: pattern`
      (?:double|leading|consecutive|two|trailing|extra|multiple|adjacent|ending|final|repeated) (?:forward[- ])?slash(?:es)?
        | dot segments? | relative paths? | slash at the (?:end|start|beginning|front)
        | (?:start|begin|end)\w* (?:with|in) (?:an? )?(?:forward[- ])?slash
      || ["'\x60]\/\/["'\x60]|["'\x60]\.{1,2}\/["'\x60]|(?:start|begin|end)\w{0,3} (?:with|in) (?:an? )?["'\x60]\/["'\x60]`,
    shown:
      /\b\w{0,20}(?:upload|put|get|download|copy)\w{0,20}\([^\n)]{0,120}["'`]\/(?!(?:home|tmp|var|etc|usr|opt|mnt|Users|root|app|dev)\/)[\w./-]{1,120}\.\w{2,5}["'`]/i,
    unless: /\bsecret\b|\baccess key/i,
    message: 'Repeated slashes, or a slash at an end of the path, make the difference.',
    ...twins('Only keys with a double «slash → name» fail.', "store.upload(«file, '/ships → '/home/me»/a.png'« → , name»)"),
  },
  {
    id: 'path-prefix',
    about: 'path-rewritten',
    match: pattern`
      strip\w* | remov\w* | add(?:s|ed|ing)? | prepend\w* | rewrit\w* | under an? | mounted (?:at|under) | served (?:at|under|from)
        >30 path | prefix | (?:base|sub-?|context) ?path
      || sub-?path | (?:stage|base ?path) (?:name|in the (?:path|url)|mapping) | (?:path|url) (?:is |gets |was )?rewrit\w*`,
    unless: /\bkeys? prefix|\bAWS4\b|\bsecret\b|\bquery/i,
    message: 'The path that is sent and the path that arrives may differ by a prefix.',
    ...twins('The ingress strips the «prefix → color» from the «path → log» and every call is refused.'),
  },
  {
    id: 'path-letters',
    about: 'path.encoding',
    tags: ['path-unicode-normalized'],
    match: pattern`${OBJECT_NAME} ~ ${LETTERS} || ${OBJECT_NAME} > ${LETTER} || ${LETTERS} ~40 ${FAILS}`,
    unless: OF_OTHERS,
    message: 'The outcome depends on non-ASCII letters in a name or path.',
    ...twins(
      'Objects called «caf\xc3\xa9 → caff».txt are refused, cafe.txt is accepted.',
      'Everything is fine until a file name has «an umlaut → a date» in it.',
    ),
  },
  {
    id: 'path-characters',
    about: 'path.encoding',
    match: pattern`
      ${OBJECT_NAME} > ${HOLDS} >40 ${ODD}
      || ${ODD} >30 in (?:one of )?(?:(?:the|a|its|their|my|our|some|an) )?(?:\w{1,12} ){0,2}${OBJECT_NAME}
      || wild ?cards?(?! (?:dns|cert\w*|tls|ssl|(?:sub)?domains?|records?|hosts?)) | (?:special|reserved) (?:char\w*|symbols?)
      || (?:inference profile|model|function|resource|cluster|topic) ARNs? | ARNs? (?:in|as part of) the (?:path|url) | model ids?
      || ["'\x60][\w./-]{1,100}["'\x60][^.\n]{0,60}(?:uploaded|works?|fine|ok|accepted)[^\n]{0,60}?["'\x60][\w./-]{0,60}[+ ()!*&=@:,$~#%[\]][^"'\x60\n]{0,60}["'\x60]`,
    shown: either(
      /arn:aws:bedrock|\/model\/["'`]?\s{0,2}(?:[#$]?\{|\+|%s)/i,
      /\bbucket(?:[_ ]?name)?\b[^.,;\n]{0,40}["'`<][\w.-]{2,63}>?\/<?[\w.-]{1,63}>?["'`>]/,
    ),
    unless: OF_OTHERS,
    message: 'The outcome depends on the characters in a name or path, and the signature covers only one spelling of them.',
    ...twins('Uploads work, only keys with a «space → number» or a «plus → dash» in the name fail.', 'url = "/«model → models»/" + id'),
  },
]
