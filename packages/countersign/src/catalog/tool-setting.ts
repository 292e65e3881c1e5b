/**
 * What of a program that somebody points at S3 or its kin can be set.
 * `<host>`, `<region>` and `<bucket>` are filled in where a case holds them.
 */
export type ToolSetting = 'endpoint' | 'region' | 'pathStyle' | 'signature4' | 'plainChecksums'

export interface ToolSettings extends Partial<Readonly<Record<ToolSetting, string>>> {
  /** The file, or the way, that takes them. */
  readonly file: string
  readonly source: string
}

/** For programs that call an SDK of AWS, which reads its variables. */
export const BY_VARIABLE = 'AWS_REQUEST_CHECKSUM_CALCULATION=when_required'
