/** The report room's face: a diagnosis as text. */
export type { ReportOptions } from './clean-diagnosis.js'
export { renderJson, SCHEMA_VERSION } from './json.js'
export { renderMarkdown } from './markdown.js'
export { redacted } from './redact.js'
export { renderTerminal, type TerminalOptions } from './terminal.js'
