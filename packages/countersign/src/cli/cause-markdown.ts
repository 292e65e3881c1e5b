/** Where the pages of the causes are: in the package where it is built, else in the repository. */
import { readFile } from 'node:fs/promises'
import type { CauseId } from '../catalog/index.js'

/** The page of a cause. */
export async function causeMarkdown(id: CauseId): Promise<string | undefined> {
  for (const folder of ['../docs/causes/', '../../../../docs/causes/']) {
    const text = await readFile(new URL(`${folder}${id}.md`, import.meta.url), 'utf8').catch(() => undefined)
    if (text !== undefined) return text
  }
  return undefined
}
