/** What people say that speaks against a cause: "the clock is in sync", "the same key works elsewhere". */
import { pattern, phrase, words } from './pattern.js'
import { CLOCK, FINE, HOP, NO_DIFFERENCE, OBJECT_NAME, SECRET, WORKS } from './words.js'

/** What a clue must not be about, where its subject is said to be right or absent. */
interface Denial {
  readonly of: RegExp
  readonly subject: string
  /** That there is none of it speaks against the cause, too. */
  readonly absent?: true
  /** Said otherwise than by the frames below. */
  readonly also?: RegExp
}

/** Whether some sentence speaks against what a clue suspects. */
export function speaksAgainst(sentences: readonly { readonly text: string }[]): (about: string) => boolean {
  const said = DENIALS.filter(({ denied }) => sentences.some(({ text }) => denied(text)))
  return (about) => said.some(({ of }) => of.test(about))
}

const SAME_KEYS = phrase`(?:same|these|those|identical) (?:access |secret |aws ){0,3}(?:keys?|credentials?|secrets?)`

const DENIALS = (
  [
    { of: /^clock[.-]skew/, subject: CLOCK },
    {
      of: /^secret[.-](?:mismatch|of-)/,
      subject: words`keys? | ${SECRET}`,
      also: pattern`${SAME_KEYS} >40 ${WORKS} | are used || ${WORKS} > with (?:the )?${SAME_KEYS}`,
    },
    {
      of: /^secret[.-](?!mismatch|of-)/,
      subject: words`(?:trailing |leading |extra )?(?:spaces?|white ?space|new ?lines?|line (?:breaks?|feeds?)) | quot(?:es|ed|ing)
        | truncat\w* | (?:special|odd) char\w* | slash\w* | cop(?:y|ied) and paste\w* | typos?`,
      absent: true,
    },
    { of: /^(?:scope\.region|region-)/, subject: words`regions?`, also: /\b(?:in|same|matching) the same region\b/i },
    {
      of: /^(?:token\.|session-token-)/,
      subject: words`temporary (?:credentials?|keys?) | sts | (?:assumed |iam )?roles?`,
      absent: true,
      also: /\bsession token (?:is|was) (?:set|sent|included|correct)|\b(?:long-?term|static|permanent) (?:keys?|credentials?) (?:only|are used)/i,
    },
    {
      of: /^(?:host[.-]re|header\.changed|header-changed|header-removed)/,
      subject: words`${HOP} | anything (?:in )?between`,
      absent: true,
    },
    {
      of: /^path[.-]/,
      subject: words`(?:special|odd|unusual|non-?ascii) (?:char\w*|letters?|signs?)`,
      absent: true,
      also: pattern`${OBJECT_NAME} (?:is|are) (?:all |just |only )?(?:plain|ascii|alphanumeric)`,
    },
  ] satisfies Denial[]
).map(({ of, ...denial }: Denial) => ({ of, denied: deniedBy(denial) }))

function deniedBy({ subject, absent, also }: Omit<Denial, 'of'>): (sentence: string) => boolean {
  const fine = pattern`${subject}(?: (?!everything|it |all |this )[^\s.,;]+){0,3}? (?:is|are|was|were|seems?|looks?)(?: \w+){0,2}? ${FINE}`
  const noProblem = pattern`(?:not|isn't|no) (?:an? |the |any )?${subject}[- ]?(?:problems?|issues?|skew|drift|difference)`
  const none = pattern`(?:no|not|without|isn't|free of|don't) (?:(?:any|an?|the|have|has|behind|using|use|contain) ){0,3}${subject}`
  const noEffect = pattern`${subject} > ${NO_DIFFERENCE}`
  return (sentence) =>
    (fine.test(sentence) && !NOT_FINE.test(sentence)) ||
    noProblem.test(sentence) ||
    (absent === true && none.test(sentence) && !PASSES.test(sentence)) ||
    noEffect.test(sentence) ||
    also?.test(sentence) === true
}

const NOT_FINE = pattern`(?:not|n't|until|only if) ${FINE} | out of sync || ${FINE} > fixed | helped | solved`
const PASSES = pattern`works? | worked | fine | passes | solved | fixed | helps?`
