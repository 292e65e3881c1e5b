/** Which lines of a long log matter: those round signing's own words. */
import { AUTH_CODES } from '../catalog/index.js'
import { WordScanner } from '../text/index.js'

/** Finds signing's own words, and the error codes of authentication. */
export function signingWords(): WordScanner {
  return new WordScanner([...WORDS, ...AUTH_CODES], ORDINARY)
}

/** An error code of authentication. */
export const REFUSAL = new RegExp(`\\b(?:${[...AUTH_CODES].join('|')})\\b`)
/** Lines that belong to what such a word says. */
export const LINES_BEFORE = 30
export const LINES_AFTER = 60

const WORDS = [
  'authoriz',
  'canonical',
  'to sign',
  'to-sign',
  'tosign',
  'x-amz-',
  '<error',
  '<code>',
  'signature',
  'aws4-hmac',
  'aws4_request',
]
const ORDINARY =
  'request requestid response time timestamp datetime message info error debug warning status http path method bytes duration user-agent client server host connection content-type application invalid failed access token authentication permanent temporary supported'
