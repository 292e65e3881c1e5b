/**
 * Programs that answer a download with a redirect to a presigned URL, and the setting with which they send the file themselves.
 * @see https://docs.gitlab.com/administration/object_storage/#proxy-download
 * @see https://distribution.github.io/distribution/about/configuration/#redirect
 * @see https://goharbor.io/docs/latest/install-config/configure-yml-file/
 * @see https://docs.gitea.com/administration/config-cheat-sheet#storage-storage
 */
import { askerOf, type CaseFile } from '../../case/index.js'
import type { Subject } from '../../catalog/index.js'
import type { Fix } from './explanation.js'

const ROWS: readonly (readonly [of: Subject, command: string])[] = [
  ['gitlab', "gitlab_rails['object_store']['proxy_download'] = true"],
  ['docker-registry', 'storage: { redirect: { disable: true } }'],
  ['harbor', 'storage_service: { redirect: { disable: true } }'],
  ['gitea', '[storage] SERVE_DIRECT = false'],
  ['forgejo', '[storage] SERVE_DIRECT = false'],
]

/** For the programs that the evidence names. */
export function sentByApplication(file: CaseFile): readonly Fix[] {
  const asker = askerOf(file)
  return ROWS.filter(([of]) => asker.has(of)).map(([of, command]) => ({
    title: 'or let the program send the file itself, in place of a redirect to a presigned URL',
    applicability: 'maybe',
    command,
    appliesTo: [of],
  }))
}
