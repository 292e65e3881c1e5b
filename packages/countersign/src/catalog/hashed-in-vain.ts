/** Texts that programs hash in place of a body, and how each comes about. Their SHA-256 tells them wherever it stands. */
export interface HashedInVain {
  readonly text: string
  readonly how: string
  /** A body may be just this: then its hash alone says nothing. */
  readonly mayBeMeant?: true
}

export const HASHED_IN_VAIN: readonly HashedInVain[] = [
  { text: 'UNSIGNED-PAYLOAD', how: 'the word stands in the place of a hash and is not hashed itself' },
  { text: 'undefined', how: 'JavaScript made a text of a body that was not there' },
  { text: 'null', how: 'a body that was not there was written as JSON or made a text', mayBeMeant: true },
  { text: 'None', how: 'Python made a text of a body that was not there' },
  { text: '[object Object]', how: 'JavaScript made a text of an object, where JSON.stringify was meant' },
  { text: '[object Blob]', how: 'JavaScript made a text of a Blob, where its bytes were meant' },
  { text: '[object File]', how: 'JavaScript made a text of a File, where its bytes were meant' },
  { text: '[object ArrayBuffer]', how: 'JavaScript made a text of a buffer, where its bytes were meant' },
  { text: '[object FormData]', how: 'JavaScript made a text of a form; its body is written by the browser, after signing' },
  { text: '\n', how: 'echo or a here-document gave the hash a line feed in place of nothing' },
  { text: '{}', how: 'an empty object was hashed', mayBeMeant: true },
  { text: '[]', how: 'an empty list was hashed', mayBeMeant: true },
  { text: '""', how: 'an empty text was written as JSON before it was hashed', mayBeMeant: true },
  {
    text: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    how: 'the hash of an empty body was hashed a second time',
  },
]
