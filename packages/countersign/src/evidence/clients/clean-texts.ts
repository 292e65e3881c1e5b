/** What a writer of many recordings need not look at again: texts in which nothing is to be hidden, and their JSON. */

/** What was found to hold no credential. Bounded: when it is full it begins again. */
export class CleanTexts {
  readonly #texts = new Set<string>()
  readonly #fronts = new Set<string>()
  /** By name and value: their JSON. */
  readonly #headers = new Map<string, Map<string, string>>()
  #headersKept = 0
  #second: readonly [at: number, text: string] | undefined

  /** @param given Takes values out that somebody gave, and that may stand anywhere. */
  constructor(readonly given: (text: string) => string = (text) => text) {}

  has(text: string): boolean {
    return this.#texts.has(text)
  }

  keep(text: string): void {
    if (text.length > LONGEST_KEPT) return
    if (this.#texts.size >= MOST_KEPT) this.#texts.clear()
    this.#texts.add(text)
  }

  /** All of an Authorization before its signature: under another name it may be clean where it is none here. */
  hasFront(text: string): boolean {
    return this.#fronts.has(text)
  }

  keepFront(text: string): void {
    if (this.#fronts.size >= MOST_KEPT) this.#fronts.clear()
    this.#fronts.add(text)
  }

  header(name: string, value: string): string | undefined {
    return this.#headers.get(name)?.get(value)
  }

  keepHeader(name: string, value: string, json: string): void {
    if (name.length + value.length > LONGEST_KEPT) return
    if (this.#headersKept++ >= MOST_KEPT) {
      this.#headers.clear()
      this.#headersKept = 1
    }
    const values = this.#headers.get(name)
    if (values === undefined) this.#headers.set(name, new Map([[value, json]]))
    else values.set(value, json)
  }

  /** A time in seconds, which many requests share. */
  second(at: number): string {
    const second = Math.floor(at / 1000)
    if (this.#second?.[0] !== second) this.#second = [second, `${new Date(second * 1000).toISOString().slice(0, 19)}Z`]
    return this.#second![1]
  }
}

const LONGEST_KEPT = 1024
const MOST_KEPT = 4096
