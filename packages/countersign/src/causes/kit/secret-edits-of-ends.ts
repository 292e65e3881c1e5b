/**
 * Edits of a secret access key at its ends: line breaks, white space and quotes that came along.
 * Data of the causes about secrets, each of which takes one table; a secret of another key is tried through all of them.
 */
import type { SecretEdits } from './secret-edit.js'

export const LINE_BREAK_EDITS: SecretEdits = {
  'line-feed': { edit: (secret) => `${secret}\n`, says: 'ended in a line feed', shown: '<secret access key>\\n' },
  'carriage-return-line-feed': {
    edit: (secret) => `${secret}\r\n`,
    says: 'ended in a carriage return and a line feed',
    shown: '<secret access key>\\r\\n',
  },
  'carriage-return': { edit: (secret) => `${secret}\r`, says: 'ended in a carriage return', shown: '<secret access key>\\r' },
  'two-line-feeds': { edit: (secret) => `${secret}\n\n`, says: 'ended in two line feeds', shown: '<secret access key>\\n\\n' },
  'two-lines-dos': {
    edit: (secret) => `${secret}\r\n\r\n`,
    says: 'ended in two DOS line endings',
    shown: '<secret access key>\\r\\n\\r\\n',
  },
  'leading-line-feed': { edit: (secret) => `\n${secret}`, says: 'began with a line feed', shown: '\\n<secret access key>' },
  'both-ends': { edit: (secret) => `\n${secret}\n`, says: 'stood between two line feeds', shown: '\\n<secret access key>\\n' },
  'written-line-feed': {
    edit: (secret) => `${secret}\\n`,
    says: 'ended in a backslash and the letter n',
    shown: '<secret access key>\\\\n',
  },
  without: {
    edit: (secret) => secret.replace(/[\r\n]+/g, ''),
    says: 'had no line break, while the secret given has one',
    shown: '<secret access key without its line break>',
  },
}

export const SPACE_EDITS: SecretEdits = {
  'trailing-space': { edit: (secret) => `${secret} `, says: 'ended in a space', shown: '<secret access key> ' },
  'leading-space': { edit: (secret) => ` ${secret}`, says: 'began with a space', shown: ' <secret access key>' },
  'space-around': { edit: (secret) => ` ${secret} `, says: 'stood between two spaces', shown: ' <secret access key> ' },
  'two-trailing-spaces': { edit: (secret) => `${secret}  `, says: 'ended in two spaces', shown: '<secret access key>  ' },
  'trailing-tab': { edit: (secret) => `${secret}\t`, says: 'ended in a tab', shown: '<secret access key>\\t' },
  'leading-tab': { edit: (secret) => `\t${secret}`, says: 'began with a tab', shown: '\\t<secret access key>' },
  'trailing-no-break-space': {
    edit: (secret) => `${secret}${NBSP}`,
    says: 'ended in a no-break space (U+00A0)',
    shown: '<secret access key>\\u00a0',
  },
  'leading-no-break-space': {
    edit: (secret) => `${NBSP}${secret}`,
    says: 'began with a no-break space (U+00A0)',
    shown: '\\u00a0<secret access key>',
  },
  'trailing-no-break-space-latin1': {
    edit: (secret) => `${secret}\xa0`,
    says: 'ended in a no-break space written as one byte',
    shown: '<secret access key>\\xa0',
  },
  'trailing-zero-width-space': {
    edit: (secret) => `${secret}${ZERO_WIDTH}`,
    says: 'ended in a zero-width space (U+200B), which no editor shows',
    shown: '<secret access key>\\u200b',
  },
  'leading-zero-width-space': {
    edit: (secret) => `${ZERO_WIDTH}${secret}`,
    says: 'began with a zero-width space (U+200B), which no editor shows',
    shown: '\\u200b<secret access key>',
  },
  'byte-order-mark': {
    edit: (secret) => `${BOM}${secret}`,
    says: 'began with a byte order mark (U+FEFF), which no editor shows',
    shown: '\\ufeff<secret access key>',
  },
  'trailing-byte-order-mark': {
    edit: (secret) => `${secret}${BOM}`,
    says: 'ended in U+FEFF, which no editor shows',
    shown: '<secret access key>\\ufeff',
  },
  trimmed: {
    edit: (secret) => secret.replace(OUTER_SPACE, ''),
    says: 'had no white space around it, while the secret given has',
    shown: '<secret access key without its white space>',
  },
  'without-any': {
    edit: (secret) => secret.replace(/[ \t]/g, ''),
    says: 'had no white space in it, while the secret given has',
    shown: '<secret access key without any white space>',
  },
}

export const QUOTE_EDITS: SecretEdits = {
  double: { edit: (secret) => `"${secret}"`, says: 'includes the double quotes around it', shown: '"<secret access key>"' },
  single: { edit: (secret) => `'${secret}'`, says: 'had single quotes around it', shown: "'<secret access key>'" },
  curly: {
    edit: (secret) => `\xe2\x80\x9c${secret}\xe2\x80\x9d`,
    says: 'had typographic quotes around it (U+201C, U+201D)',
    shown: '\\u201c<secret access key>\\u201d',
  },
  'curly-single': {
    edit: (secret) => `\xe2\x80\x98${secret}\xe2\x80\x99`,
    says: 'had typographic single quotes around it (U+2018, U+2019)',
    shown: '\\u2018<secret access key>\\u2019',
  },
  backtick: { edit: (secret) => `\`${secret}\``, says: 'stood between backticks', shown: '`<secret access key>`' },
  angle: { edit: (secret) => `<${secret}>`, says: 'stood in angle brackets', shown: '<<secret access key>>' },
  'opening-double': { edit: (secret) => `"${secret}`, says: 'began with a double quotation mark', shown: '"<secret access key>' },
  'closing-double': { edit: (secret) => `${secret}"`, says: 'ended in a double quotation mark', shown: '<secret access key>"' },
  'opening-single': { edit: (secret) => `'${secret}`, says: 'began with a single quotation mark', shown: "'<secret access key>" },
  'closing-single': { edit: (secret) => `${secret}'`, says: 'ended in a single quotation mark', shown: "<secret access key>'" },
  escaped: { edit: (secret) => `\\"${secret}\\"`, says: 'had escaped quotes around it', shown: '\\"<secret access key>\\"' },
  twice: { edit: (secret) => `"'${secret}'"`, says: 'had two pairs of quotes around it', shown: `"'<secret access key>'"` },
  semicolon: { edit: (secret) => `${secret};`, says: 'ended in a semicolon', shown: '<secret access key>;' },
  comma: { edit: (secret) => `${secret},`, says: 'ended in a comma', shown: '<secret access key>,' },
  'double-comma': {
    edit: (secret) => `"${secret}",`,
    says: 'had quotes around it and a comma after them',
    shown: '"<secret access key>",',
  },
  'equals-before': { edit: (secret) => `=${secret}`, says: 'began with an equals sign', shown: '=<secret access key>' },
  unquoted: {
    edit: (secret) => secret.replace(/^[\\"'`<]+|(?<![\\"'`>,;])[\\"'`>,;]+$/g, ''),
    says: 'had no quotes, while the secret you gave has',
    shown: '<secret access key without its quotes>',
  },
}

/** UTF-8, as the bytes reach HMAC. */
const NBSP = '\xc2\xa0'
const ZERO_WIDTH = '\xe2\x80\x8b'
const BOM = '\xef\xbb\xbf'
const OUTER_SPACE = /^(?:[ \t]|\xc2\xa0|\xe2\x80\x8b|\xef\xbb\xbf)+|(?:[ \t]|\xc2\xa0|\xe2\x80\x8b|\xef\xbb\xbf)+$/g
