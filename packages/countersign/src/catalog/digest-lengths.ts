/** Lengths of digests as they are written: what is shorter says nothing by being the same. */

/** MD5 in base64: 22 characters and "==". */
export const SHORTEST_DIGEST = 24
