/** What happens to a log before it is posted: line ends, masks, cuts, the prefix of a log collector. */
export interface Edit {
  readonly name: string
  readonly change: (text: string) => string
  /** The texts that the service quoted are gone. */
  readonly cutsQuotes: boolean
}

export const EDITS: readonly Edit[] = [
  { name: 'line ends of Windows', change: (text) => text.replaceAll('\n', '\r\n'), cutsQuotes: false },
  {
    name: 'masked',
    change: (text) =>
      text
        .replace(/(signature(?:provided)?(?:=|>|'?: ?'?|:\n))[0-9a-f]{64}/gi, '$1****************')
        .replaceAll(/AKIA[A-Z0-9]{12}(?=[A-Z0-9]{4})/g, 'AKIA************'),
    cutsQuotes: false,
  },
  { name: 'answers cut', change: (text) => text.replace(/<StringToSign>(?:.|\n)*?(?=<\/Error>|<RequestId>)/g, '...'), cutsQuotes: true },
  {
    name: 'prefixed by a collector',
    change: (text) => text.replace(/^(?=.)/gm, '2026-11-30T12:00:00.000Z web-7f9c stdout F '),
    cutsQuotes: false,
  },
]
