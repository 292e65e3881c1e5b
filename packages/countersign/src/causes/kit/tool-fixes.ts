/** The setting of the very program that the evidence names, in its own file. */
import { askerOf, type CaseFile } from '../../case/index.js'
import { type Subject, TOOL_SETTINGS, type ToolSetting } from '../../catalog/index.js'
import type { Fix } from './explanation.js'

/** For each program that is named the setting; none where none is. `values`: those that are not simply the case's. */
export function toolFixes(file: CaseFile, setting: ToolSetting, values: Readonly<Record<string, string | undefined>> = {}): readonly Fix[] {
  const asker = askerOf(file)
  return (Object.keys(TOOL_SETTINGS) as Subject[]).flatMap((tool): Fix[] => {
    const settings = asker.has(tool) ? TOOL_SETTINGS[tool] : undefined
    const made = settings?.[setting]
    if (settings === undefined || made === undefined) return []
    const command = made.replace(/<(\w+)>/g, (open, name: string) => (PLAIN.test(values[name] ?? '') ? values[name]! : open))
    const applicability = /<[a-z][\w ]*>/.test(command.replace(/<\/?(?:key|string)>/g, '')) ? 'has-placeholders' : 'exact'
    return [{ title: `${SAYS[setting]} in ${settings.file}; see ${settings.source}`, applicability, command, appliesTo: [tool] }]
  })
}

/** What no shell and no configuration reads as anything but a value. */
const PLAIN = /^[a-z\d<][\w.: <>-]{0,200}$/i
const SAYS: Readonly<Record<ToolSetting, string>> = {
  endpoint: 'name the host that the service receives',
  region: 'name the region',
  pathStyle: 'put the bucket into the path',
  signature4: 'sign with Signature Version 4',
  plainChecksums: 'send plain bodies, without trailing checksums,',
}
