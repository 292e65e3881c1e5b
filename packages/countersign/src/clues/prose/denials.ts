/**
 * What people say that speaks against a cause: "the clock is in sync", "the same key works elsewhere". Of the same text's prose it
 * silences the clues; of all other pieces it lowers them, as people may be wrong.
 */
import { clueAt, type EvidenceReader, type EvidenceSource } from '../../case/index.js'
import { anyText, type RuleHead, said, twins } from '../rule.js'
import { pattern, phrase, words } from './pattern.js'
import { proseOf, sentencesOf } from './sentences.js'
import { BODY, CLOCK, FINE, HOP, KEYS, NO_DIFFERENCE, OBJECT_NAME, SECRET, WORKS } from './words.js'

export const denials: EvidenceReader = {
  id: 'denials',
  reads: 'what people say that speaks against a cause: a clock in step, keys that work elsewhere, a body that nothing changes',
  samples: ['The clock is in step.\n', 'The same keys work from another machine.\n'],
  recognize: anyText,
  read({ name, text }: EvidenceSource) {
    const sentences = sentencesOf(proseOf(text))
    return DENIED.flatMap(({ denied, message, ...rule }) => {
      const found = sentences.find((one) => denied(one.text))
      if (found === undefined) return []
      const at = found.at + found.text.length - found.text.trimStart().length
      return [clueAt(text, name, at, { ...said(rule, `it is said that ${message}.`), against: true })]
    })
  },
}

/** What a clue must not be about, where its subject is said to be right or absent. */
interface Denial extends RuleHead {
  readonly message: string
  readonly of: RegExp
  readonly subject: string
  /** That there is none of it speaks against the cause, too. */
  readonly absent?: true
  /** Said otherwise than by the frames below. */
  readonly also?: RegExp
}

/** Whether some sentence speaks against what a clue suspects. */
export function speaksAgainst(sentences: readonly { readonly text: string }[]): (about: string) => boolean {
  const spoken = DENIALS.filter(({ denied }) => sentences.some(({ text }) => denied(text)))
  return (about) => spoken.some(({ of }) => of.test(about))
}

const SAME_KEYS = phrase`(?:same|these|those|identical) (?:access |secret |aws ){0,3}(?:keys?|credentials?|secrets?)`

const DENIALS = (
  [
    {
      id: 'said-clock-right',
      about: 'clock.skew',
      strength: 'fair',
      message: 'the clock is right',
      ...twins('The clock is «in step → slow».'),
      of: /^clock[.-]skew/,
      subject: CLOCK,
    },
    {
      id: 'said-keys-right',
      about: 'secret.mismatch',
      strength: 'fair',
      message: 'the keys are right',
      ...twins('The same keys «work from → fail on» another machine.'),
      of: /^secret[.-](?:mismatch|of-)/,
      subject: words`keys? | ${SECRET}`,
      also: pattern`${SAME_KEYS} >40 ${WORKS} | are used || ${WORKS} > with (?:the )?${SAME_KEYS}`,
    },
    {
      id: 'said-secret-whole',
      about: 'secret.mangled',
      strength: 'fair',
      message: 'the secret is whole',
      ...twins('The secret has «no → two» quotes.'),
      of: /^secret[.-](?!mismatch|of-)/,
      subject: words`(?:trailing |leading |extra )?(?:spaces?|white ?space|new ?lines?|line (?:breaks?|feeds?)) | quot(?:es|ed|ing)
        | truncat\w* | (?:special|odd) char\w* | slash\w* | cop(?:y|ied) and paste\w* | typos?`,
      absent: true,
    },
    {
      id: 'said-region-right',
      about: 'scope.region',
      strength: 'fair',
      message: 'the region is right',
      ...twins('The region is «correct → another one», and it fails.'),
      of: /^(?:scope\.region|region-)/,
      subject: words`regions?`,
      also: /\b(?:in|same|matching) the same region\b/i,
    },
    {
      id: 'said-no-temporary-keys',
      about: 'token.missing',
      strength: 'fair',
      tags: ['session-token-mismatch', 'session-token-not-signed'],
      message: 'no temporary keys are used',
      ...twins('We use «no → two» temporary credentials.'),
      of: /^(?:token\.|session-token-)/,
      subject: words`temporary (?:credentials?|keys?) | sts | (?:assumed |iam )?roles?`,
      absent: true,
      also: /\bsession token (?:is|was) (?:set|sent|included|correct)|\b(?:long-?term|static|permanent) (?:keys?|credentials?) (?:only|are used)/i,
    },
    {
      id: 'said-no-hop',
      about: 'host.rewritten',
      strength: 'fair',
      tags: ['header-changed-in-transit', 'header-removed-in-transit'],
      message: 'nothing is in between',
      ...twins('There is «no → one» proxy in between, and it fails.'),
      of: /^(?:host[.-]re|header\.changed|header-changed|header-removed)/,
      subject: words`${HOP} | anything (?:in )?between`,
      absent: true,
    },
    {
      id: 'said-plain-names',
      about: 'path.encoding',
      strength: 'fair',
      tags: ['path-normalized', 'path-rewritten'],
      message: 'the names are plain',
      ...twins('The file names are all «ascii → Greek».'),
      of: /^path[.-]/,
      subject: words`(?:special|odd|unusual|non-?ascii) (?:char\w*|letters?|signs?)`,
      absent: true,
      also: pattern`${OBJECT_NAME} (?:is|are) (?:all |just |only )?(?:plain|ascii|alphanumeric)`,
    },
  ] satisfies Denial[]
).map((denial: Denial) => ({ ...denial, denied: deniedBy(denial) }))

function deniedBy({ subject, absent, also }: Pick<Denial, 'subject' | 'absent' | 'also'>): (sentence: string) => boolean {
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

interface Denied extends RuleHead {
  readonly message: string
  readonly denied: (sentence: string) => boolean
}

/** Said with less to go by: what the same text says of the subject stays a clue, and weighs less. */
const LOWERING: readonly Denied[] = [
  {
    id: 'said-keys-checked',
    about: 'secret.mismatch',
    tags: ['secret-truncated', 'secret-lost-characters'],
    strength: 'fair',
    message: 'the keys were checked or copied again',
    ...twins('I «double-checked → was given» the access key and the secret.', 'I copied the secret «again → once».'),
    denied: testing(pattern`
      (?:double|triple)[- ]?check\w* | check\w* (?:twice|again|several times) | re-?(?:entered|copied|typed|pasted) ~ ${SECRET} | ${KEYS}
      || ${SECRET} | ${KEYS} ~40 copied (?:it |them )?again || copied > ${SECRET} | ${KEYS} >10 again`),
  },
  {
    id: 'said-hop-changes-nothing',
    about: 'host.rewritten',
    tags: ['header-changed-in-transit', 'header-removed-in-transit', 'path-rewritten'],
    strength: 'fair',
    message: 'what is in between changes nothing',
    ...twins('Our proxy does not «change → keep» the request.', 'nginx passes everything on «unchanged → quickly».'),
    denied: testing(pattern`
      ${HOP} >40 (?:does|do|did)(?:n't| not) (?:change|touch|modify|rewrite|alter|add)\w* | never (?:change|touche?|modifie|rewrite|alter)s?
        | unchanged | untouched | as is | as-is | unmodified`),
  },
  {
    id: 'said-body-untouched',
    about: 'payload.hash',
    strength: 'fair',
    message: 'the body is not changed',
    ...twins('The body is «never → often» modified.', 'The payload arrives «byte for byte → in pieces».'),
    denied: testing(pattern`
      ${BODY} >30 (?:not|never|n't) (?:being )?(?:changed|touched|modified|altered|rewritten|re-?encoded) | unchanged | untouched | unmodified
        | byte[- ]for[- ]byte | the same bytes`),
  },
]

function testing(sought: RegExp): (sentence: string) => boolean {
  return (sentence) => sought.test(sentence)
}

const DENIED: readonly Denied[] = [...DENIALS, ...LOWERING]

export const DENIAL_RULES: readonly RuleHead[] = DENIED
