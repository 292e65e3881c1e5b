/** The door of the room: what other rooms may use of it. */
export { type ConfigLines, configLines } from './config-lines.js'
export { directivePattern } from './directive-template.js'
export { type Edit, type EditedText, edited, plainText, readingsOf, type TextReading, type Wrapping } from './edited-text.js'
export { bodyReadings, decodeEntities, unescapeText } from './escapes.js'
export { type HttpMessage, headerLine, httpMessages } from './http-scan.js'
export { sections } from './ini-sections.js'
export { type Inspected, type InspectedObject, inspectedObject, isInspectedObject } from './inspected.js'
export { type FoundObject, jsonObjects, type Members } from './json-objects.js'
export { byteText, flatMembers, type JsonRecord, jsonRecords, memberOf } from './json-records.js'
export { bareLine, unprefixedBefore } from './line-wrappings.js'
export type { Location } from './location.js'
export { isHost, isLogRecord, isStatus, type LogField, logFields, logTime, requestLineIn, unescapedField } from './log-fields.js'
export { type Line, locationOf, logLines, opensRecord } from './log-lines.js'
export { isMasked, sameUnlessMasked } from './masked.js'
export { neededWords } from './needed-words.js'
export { type Block, blockAround, type Directive, inForce, nginxDirectives } from './nginx-blocks.js'
export { type Writing, writingOf } from './page.js'
export { isClosed, Program, type ProgramMember } from './program.js'
export { OPEN } from './program-tokens.js'
export type { Expression, ProgramCall } from './program-values.js'
export { dictionaryAt, quotedText } from './python-repr.js'
export { blank, MOST_SCANNED } from './scanned-text.js'
export { type SettingLine, settingLines } from './setting-lines.js'
export { type CommandName, type ShellCommand, shellCommands } from './shell-words.js'
export { type Statement, statementsOf } from './statements.js'
export { presignedBy, urlParts } from './url-text.js'
export { WordScanner } from './word-scanner.js'
export {
  joinedLines,
  loggedLines,
  pageEntities,
  straightQuotes,
  stringEscapes,
  syslogEscapes,
  syslogRecords,
  terminalMarks,
} from './wrappings.js'
export { elementOf, looseElements, type XmlBody, xmlBodies } from './xml-elements.js'
