/** The report room's face: a diagnosis as text. */

export { renderGithub } from './github.js'
export { renderHtml } from './html.js'
export { renderJson, SCHEMA_VERSION } from './json.js'
export { renderJunit } from './junit.js'
export { renderMarkdown } from './markdown.js'
export type { ReportOptions } from './redaction/clean-diagnosis.js'
export { Gate, REDACT_LEVELS, type RedactLevel, redacted, withoutEncodedCredentials } from './redaction/redact.js'
export { decoded, visible, visibleLines } from './redaction/visible.js'
export { renderSarif } from './sarif.js'
export { renderTerminal, type TerminalOptions } from './terminal.js'
export { partText } from './wording.js'
