/** What people say of the query. */
import { twins } from '../rule.js'
import { either, pattern, words } from './pattern.js'
import type { ProseRule } from './prose-rule.js'
import { DROPS, FAILS, HOLDS, LETTERS, QUERY, SIGN, SIGN_NAME, WORKS } from './words.js'

const ODD = `(?:${SIGN_NAME}|${SIGN}|${LETTERS})`
const OF_OTHERS =
  /secret|\baccess ?key|\bkey pairs?|\bcredentials?\b|\bheader|\bmetadata|\bbody|without (?:an? )?(?:value|equal)|\bfile ?name|\bpartition/i
const PARAMETERS = words`query(?: ?(?:strings?|param\w*))? | param(?:eter)?s? | search`

export const ABOUT_QUERY: readonly ProseRule[] = [
  {
    id: 'query-plus',
    about: 'query.encoding',
    tags: ['query-plus-and-space-confused'],
    match: pattern`
      (?:spaces?|["'\x60] ["'\x60]) >40 encod\w* | sent | becom\w* | turn\w* | written | replac\w*
        >20 (?:["'\x60(]?\+["'\x60)]?(?=[\s.,]|$)|plus)
      || %20 ~5 (?:instead of|and not|rather than|vs\.?|or) ["'\x60]?\+
      || ["'\x60]?\+["'\x60]? (?:instead of|and not|rather than|vs\.?) ["'\x60]?%20
      || scroll[_ -]?ids? | cursors? | (?:next|continuation|page)[_ -]?tokens? | pagination | (?:next|second) page | markers?`,
    unless: /\bpath|\bobject key|\bfile/i,
    message: 'A space is written as "+" on one side, or a value holds "+", "/" or "=", as the tokens of paging do.',
    ...twins(
      'A «space → dot» in the search term is sent as "«+ → -»", and it fails.',
      'The first page is fine; with the «continuation token → session cookie» it fails.',
    ),
  },
  {
    id: 'query-valueless',
    about: 'query.changed',
    tags: ['query-equals-missing', 'query-left-out'],
    match: pattern`
      param\w* | query | flags? | sub-?resources? >40 (?:without|no|missing) (?:an? )?(?:value|equal)\w*
      || value-?less
      || \?[\w-]{1,40} {1,3}(?:gives?|fails?|does(?:n't| not)|is refused|returns?)[^\n]{0,80}\?[\w-]{1,40}=`,
    shown: /\bpath\W{1,3}(\/[^\s?]{1,200})\?[^\s]{1,200}(?:\n[^\n]{0,200}){1,12}?\n\1\n\n/i,
    message: 'A parameter without "=", or the whole query, is missing from what was signed.',
    ...twins('A parameter «without → with» a value fails.', 'path=/a?uploads\nsigned:\nPOST\n/a\n« → uploads=»\nhost:b'),
  },
  {
    id: 'query-order',
    about: 'query-not-sorted',
    match: pattern`
      order\w* | sort\w* | alphabetical\w* | rearrang\w* | reorder\w* | unsorted | wrong (?:place|position) ~ param\w* | query
        | arguments? | partNumber | uploadId
      || one | single | two | several | multiple | second >12 (?:query )?param(?:eter)?s?`,
    shown: either(
      /(?:query\w{0,21}|params)["']?\s{0,3}[:=]\s{0,3}\{[^}\n]{0,200}?\b(?<name>\w{1,30})["']?\s{0,3}:[^}\n]{0,200}["']\k<name>[.-]\w/,
      /\?(?:[^\s"'&]{0,100}&)?(?<start>\w{1,30})=[^\s&"']{0,100}&\k<start>[.-]\w{1,30}=/,
    ),
    unless: /\bheaders?\b|\bpriorit/i,
    message: 'The canonical query string sorts parameters by name; a name comes before longer names that begin with it.',
    ...twins('The «partNumber → disk» is in the wrong place, and it fails.', "get('/s', { params: { q: 'a', '«q. → »parser': 'b' } })"),
  },
  {
    id: 'url-escaped-for-page',
    about: 'query-separator-escaped',
    match: pattern`&amp; | html[- ](?:escap|encod|entit)\w*`,
    // An attribute of a page holds it by right, and so does a page that was copied whole.
    shown: /(?<!["'=>][^\s"'<>]{0,20})https?:\/\/[^\s"'<>]{1,300}\?[^\s"'<>]{0,300}&amp;X-Amz-/i,
    unless: /&(?:lt|gt|quot);/,
    message: 'The "&" between the parameters of the URL is written as HTML and XML write it, "&amp;".',
    ...twins(
      'https://b.s3.amazonaws.com/k?X-Amz-Algorithm=A«&amp; → &»X-Amz-Date=1',
      'The link has «&amp; → no space» in it, and it fails.',
    ),
  },
  {
    id: 'query-added',
    about: 'query.changed',
    tags: ['query-parameter-added', 'query-parameter-dropped'],
    match: pattern`
      (?:${DROPS}|(?:append\w*|add(?:s|ed|ing)?|tack\w* on|inject\w*)) ~50 cache[- ]?bust\w* | tracking | utm\w* | fbclid | gclid
        | query ?(?:string|param\w*)? (?:to|from|on|onto) | param\w* (?:to|from|on|onto) (?:the |a )?(?:url|link)
      || safe ?links?
      || e-?mail | slack | teams | outlook | whatsapp | chat | link (?:preview|shorten)\w* ~ links? | urls?`,
    message: 'Parameters of the URL are added, removed or rewritten after signing.',
    fires: ['The mail program appends tracking parameters to the URL, and the link is refused.'],
    silent: ['The mail program sends long messages to the list, and the post is refused.'],
  },
  {
    id: 'query-characters',
    about: 'query.encoding',
    tags: ['query-plus-and-space-confused'],
    match: pattern`
      ${QUERY} > ${HOLDS} >40 ${ODD}
      || ${ODD} >30 in (?:one of )?(?:(?:the|a|its|their|my|our|some|an) )?(?:\w{1,12} ){0,2}${QUERY}
      || (?:other|some|certain|most) prefix(?:es)? ~40 (?:${WORKS}|${FAILS})
      || (?:without|no|remov\w{1,3}|omit\w*|empty|add\w*|with|any|includ\w*|append\w*) (?:(?:a|any|some|the) ){0,2}${PARAMETERS} ~ (?:${WORKS}|${FAILS})
      || query | param\w* ~ (?:double|doubly|twice)[- ]?(?:url[- ]?)?encod\w* | encod\w+ (?:twice|again)`,
    shown: either(
      // Strings do not change in place.
      /^[ \t]{0,40}\w{1,30}\.[rR]eplace(?:All)?\(\s{0,3}["'](?:[+*'!()~]|%[0-9a-fA-F]{2})["'][^\n=]{0,200}\);?$/m,
      /\bprefix(?:es)?["']?\s{0,3}[:=(]\s{0,3}["'][^"'\n]{0,100}[ +&=~{}|^\\!*()]/i,
      /response-content-disposition["'=:, ]{1,6}[^\n&]{0,100}(?:\*=|''|!|%27%27|\()/,
      /\b(?:uri|url|target)["']?[:=]\s{0,3}["']?https?:\/\/[^\s"'?]{1,200}\?[^\s"',$]{0,200}=[^\s"',$&]{0,100}[{}|^\\`<>]/,
    ),
    unless: OF_OTHERS,
    message: 'The outcome depends on the query, and the signature covers only one spelling of its characters.',
    ...twins(
      'Searches with «an equals sign → a long word» in the filter fail.',
      'It works without «query parameters → request headers».',
      "list({ prefix: '«old  → »ships/' })",
    ),
  },
]
