/** What made a report, for formats that say so. */

/** The version is that of package.json; a test compares them. */
export const PRODUCT = {
  name: 'countersign',
  version: '0.1.0',
  address: 'https://github.com/countersign/countersign',
} as const

/** The page of a cause. */
export function causePage(id: string): string {
  return `${PRODUCT.address}/blob/main/docs/causes/${id}.md`
}
