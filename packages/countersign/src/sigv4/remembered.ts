/**
 * Answers kept: a pure function of a short text that is asked for the same few texts over and over, as a verifier is for
 * the credential, the signed headers and the date of its clients. Never for texts that hold a secret.
 */

/** The function with its last answers kept, at most `most` of them. The answers are shared: they must be immutable. */
export function remembered<Answer>(answer: (text: string) => Answer, most = 256): (text: string) => Answer {
  const kept = new Map<string, { readonly given: Answer }>()
  return (text) => {
    const known = kept.get(text)
    if (known !== undefined) return known.given
    const given = answer(text)
    // A flood of new texts empties the table; what is asked often is back at once.
    if (kept.size >= most) kept.clear()
    if (text.length <= LONGEST) kept.set(text, { given })
    return given
  }
}

const LONGEST = 1024
