/** A diagnosis made fit to be shown: every string of it decoded and redacted before any format lays it out. */
import type { Label } from '../causes/explanation.js'
import type { Diagnosis, Finding } from '../diagnosis/finding.js'
import { maskedValue, redacted, SESSION_TOKEN, SIGNATURE } from './redact.js'
import { decoded } from './visible.js'

/** What every format takes. */
export interface ReportOptions {
  /** Secrets and session tokens the user gave; taken out wherever they stand. */
  readonly secrets?: readonly string[]
}

/** The same diagnosis without anything that may not be shown. */
export function cleanDiagnosis(diagnosis: Diagnosis, options: ReportOptions): Diagnosis {
  const secrets = options.secrets ?? []
  const findings = diagnosis.findings.map((finding): Finding => ({ ...finding, labels: finding.labels.map(maskedLabel) }))
  return mapped({ ...diagnosis, findings }, (text) => redacted(decoded(text), secrets))
}

/** Labels on tokens, keys and signatures would be nothing but what may not be shown. */
function maskedLabel(label: Label): Label {
  const placeholder = MASKED[label.part]
  if (placeholder === undefined) return label
  return { ...label, calculated: maskedValue(label.calculated, placeholder), signed: maskedValue(label.signed, placeholder) }
}

function mapped<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T
  if (Array.isArray(value)) return value.map((item) => mapped(item, change)) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapped(item, change)])) as T
}

const MASKED: Partial<Record<Label['part'], string>> = {
  'session-token': SESSION_TOKEN,
  signature: SIGNATURE,
  'signing-key': '[key]',
}
