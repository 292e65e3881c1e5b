/** How many bytes all objects and parts together may take. */
export class Room {
  #taken = 0

  constructor(readonly bytes: number) {}

  /** Takes so many bytes in the place of others. @returns Whether there was room; if not, nothing has changed. */
  take(bytes: number, inPlaceOf = 0): boolean {
    const taken = this.#taken + bytes - inPlaceOf
    if (taken > this.bytes && bytes > inPlaceOf) return false
    this.#taken = taken
    return true
  }

  give(bytes: number): void {
    this.#taken -= bytes
  }
}
