/** The report room's face: a diagnosis as text. */
export type { ReportOptions } from './redaction/clean-diagnosis.js'
export { renderHtml } from './html.js'
export { renderJson, SCHEMA_VERSION } from './json.js'
export { renderMarkdown } from './markdown.js'
export { REDACT_LEVELS, type RedactLevel, redacted } from './redaction/redact.js'
export { renderSarif } from './sarif.js'
export { renderTerminal, type TerminalOptions } from './terminal.js'
