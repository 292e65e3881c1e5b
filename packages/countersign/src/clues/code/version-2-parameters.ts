/**
 * The parameters of Signature Version 2 as they stand in code. They are signed in the order of their bytes, capitals first, which is the
 * order of no dictionary.
 * @see https://docs.aws.amazon.com/AmazonSimpleDB/latest/DeveloperGuide/HMACAuth.html
 */
import type { Fault } from './code-rule.js'
import type { Code } from './language.js'

/** Parameters written out in another order than the one that is signed, where nothing sorts them. */
export function parameterFaults({ text }: Code): readonly Fault[] {
  if (!/AWSAccessKeyId/.test(text) || !/SignatureVersion/.test(text) || !/hmac/i.test(text) || SORTED.test(text)) return []
  const found = [...text.matchAll(NAMED)]
    .slice(0, MOST)
    .map((one) => ({ at: one.index, name: one.slice(1).find((name) => name !== undefined)! }))
  const names = found.filter(({ name }, i) => name !== 'Signature' && found.findIndex((other) => other.name === name) === i)
  const place = names.findIndex(({ name }, i) => i > 0 && name < names[i - 1]!.name)
  if (place < 0 || !names.some(({ name }) => name === 'AWSAccessKeyId')) return []
  const [before, late] = [names[place - 1]!.name, names[place]!]
  const message = `Version 2 sorts its parameters by their bytes, so ${late.name} comes before ${before}. Nothing in the code sorts them.`
  // A helper that is not shown may sort them.
  return [{ at: late.at, rule: 'version-2-unsorted', about: 'query-not-sorted', message, strength: 'fair' }]
}

/** A name with its value: `'Action' =>`, `"Action":`, `("Action", x)`, `["Action"] =`, `"&Action="`. */
const NAMED =
  /["'`]([A-Z][\w.]{1,60})["'`]\s{0,3}(?:=>|:(?!:))|[([{]\s{0,10}["'`]([A-Z][\w.]{1,60})["'`]\s{0,3}(?:,|\]\s{0,3}=(?!=))|["'`&?]([A-Z][\w.]{1,60})=/g
const SORTED = /sort|TreeMap|BTreeMap|OrderBy|url\.Values|SortedList|SortedDictionary/i
const MOST = 200
