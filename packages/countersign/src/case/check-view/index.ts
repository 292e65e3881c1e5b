/** Checks of one view of a request: what it alone shows to be wrong. */

export { checkView, deviationsOf, VIEW_RULES } from './check-view.js'
export { withoutCleared } from './cleared.js'
export type { Deviation, Severity } from './deviation.js'
export { isOfHops } from './header-rules.js'
export { canonicalViewOf, type RequestView, requestViewOf } from './request-view.js'
export { signatureForm } from './signature-form.js'
export { acrossSignings, TEXT_RULES } from './text-rules.js'
