/** What people say that speaks against a cause: "the clock is in sync", "the same key works elsewhere". */

/** What a sentence speaks against: the hints that a rule of this kind would give. */
interface Exclusion {
  readonly hints: RegExp
  readonly pattern: RegExp
  readonly unless?: RegExp
}

/** Whether some prose speaks against what a hint suspects. */
export function speaksAgainst(prose: string): (hint: string) => boolean {
  const said = EXCLUSIONS.filter(({ pattern, unless }) => pattern.test(prose) && unless?.test(prose) !== true)
  return (hint) => said.some(({ hints }) => hints.test(hint))
}

const EXCLUSIONS: readonly Exclusion[] = [
  {
    hints: /^clock[.-]skew/,
    pattern:
      /\b(?:clocks?|time|ntp|chrony|date)\b[^\n.]{0,60}\b(?:(?:is|are|was|were|seems?|looks?|all) (?:all |both |perfectly |also )?(?:in sync|synchroni[sz]ed|synced|correct|accurate|right|fine|ok|good|identical|up to date)|running fine|not (?:the )?(?:cause|problem|issue)|checked|ruled out)\b|\b(?:not|isn't|no) (?:a |the |any )?(?:clock|time|ntp)[- ]?(?:skew|drift|issue|problem|difference|sync issue)/i,
    unless: /\b(?:not|n't) (?:in sync|synchroni[sz]ed|correct|right)|\bout of sync\b|\bsynced? (?:it )?(?:fixed|helped|solved)/i,
  },
  {
    hints: /^secret[.-]mismatch/,
    pattern:
      /\b(?:rotat\w{0,20}|regenerat\w{0,20}|recreat\w{0,20}|new|other|another|different|fresh)\b[^\n.]{0,40}\b(?:keys?|credentials?|secrets?)\b[^\n]{0,60}\b(?:no (?:change|luck|difference|effect)|same (?:error|result|problem|thing)|still (?:fails?|403|the same|get\w{0,20})|did(?:n't| not) (?:help|change|work|fix)|does(?:n't| not) (?:help|change|fix)|to no avail)\b|\b(?:same|these|those|identical) (?:access |secret |aws )*(?:keys?|credentials?|secrets?)\b[^\n.]{0,40}\b(?:works?|fine|ok|succeeds?|are used)\b|\b(?:works?|fine|succeeds?)\b[^\n.]{0,60}\bwith (?:the )?(?:same|these|those|identical) (?:access |secret |aws )*(?:keys?|credentials?|secrets?)\b|\b(?:keys?|credentials?|secrets?) (?:is|are) (?:definitely |surely |certainly |all )?(?:correct|right|valid|fine|good|ok)\b|\bnot (?:a |the )?(?:key|credentials?|secret) (?:problem|issue)|\b(?:awscurl|curl|aws cli|boto3|postman)\b[^\n.]{0,40}\bsame\b[^\n.]{0,30}\b(?:keys?|credentials?)\b[^\n.]{0,20}\bworks?\b/i,
  },
  {
    hints: /^secret[.-](?:mangled|has-|url-|lost-)/,
    pattern:
      /\b(?:secrets?|keys?)\b[^\n.]{0,30}\b(?:no|without|free of|do(?:es)? not (?:have|contain)|doesn't (?:have|contain)|contains? no)\b[^\n.]{0,20}\b(?:special|slash\w{0,20}|plus\w{0,20}|odd)/i,
    unless: /\bfix|\bsolv|\bhelp|\bnew\b|\bgenerat|\bregenerat|\bfail|\bworks?\b|\bobject|\bfile/i,
  },
  {
    hints: /^(?:scope\.region|region-)/,
    pattern:
      /\b(?:region)\b[^\n.]{0,30}\b(?:is|was|are) (?:definitely |surely |set )?(?:correct\w{0,20}|right|the same|fine|ok)\b|\b(?:in|same|matching) the same region\b|\bboth (?:are )?in the same region\b/i,
  },
  {
    hints: /^(?:token\.|session-token-)/,
    pattern:
      /\b(?:no|not using|without|don't use|not) (?:any |an? )?(?:temporary credentials|session tokens?|sts|roles?)\b|\b(?:long-?term|static|permanent|iam user) (?:keys?|credentials?)\b[^\n.]{0,30}\b(?:only|are used|in use)|\bsession token (?:is|was) (?:set|sent|included|correct)/i,
  },
  {
    hints: /^(?:host[.-]|header\.changed|header-changed|header-removed)/,
    pattern:
      /\b(?:no|not|without|isn't|never) (?:a |an |any |behind (?:a |any )?)?(?:reverse )?(?:prox(?:y|ies)|cdn|load ?balancer)\b|\bnothing (?:in )?between\b|\b(?:directly|without (?:the )?proxy)\b[^\n.]{0,40}\b(?:also|same|too|still)\b[^\n.]{0,20}\b(?:fails?|error|403|result)?/i,
    unless:
      /\bworks?\b[^\n.]{0,40}\b(?:without|no) (?:a |the |any )?(?:reverse )?prox|\b(?:without|no) (?:a |the |any )?(?:reverse )?(?:prox|load|cdn|nginx)[^\n.]{0,40}\bworks?\b/i,
  },
  {
    hints: /^path[.-]/,
    pattern:
      /\b(?:no|without|free of) (?:any )?(?:special|odd|unusual|non-?ascii) (?:char\w{0,20}|letters?|signs?)[^\n.]{0,30}\b(?:key|path|name|url)|\bplain (?:ascii|letters|names?)\b|\b(?:names?|keys?|paths?) (?:is|are) (?:all |just |only )?(?:plain|ascii|alphanumeric|letters)/i,
  },
]
