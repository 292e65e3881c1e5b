/** What a report of a format must be, whatever it says. */
import assert from 'node:assert/strict'

/** Every element of a page is closed, in order, and no angle bracket is left over. */
export function assertClosed(html: string): void {
  const open: string[] = []
  const body = html.replace(/<style>[\s\S]*?<\/style>/, '')
  for (const [, slash, name] of body.matchAll(/<(\/?)([a-z0-9]+)(?:\s[^<>]*)?>/g)) {
    if (/^(?:meta|br)$/.test(name!)) continue
    if (slash === '') open.push(name!)
    else assert.equal(open.pop(), name)
  }
  assert.deepEqual(open, [])
  assert.doesNotMatch(body.replace(/<!?\/?[a-z0-9]+(?:\s[^<>]*)?>/gi, ''), /[<>]/)
}

/**
 * What version 2.1.0 of SARIF requires of a log, and what code hosts require beyond it.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
 */
export function assertSarif(text: string): void {
  const log = JSON.parse(text)
  assert.equal(log.version, '2.1.0')
  assert.deepEqual(Object.keys(log).sort(), ['$schema', 'runs', 'version'])
  for (const run of log.runs) {
    assert.equal(typeof run.tool.driver.name, 'string')
    const ids = run.tool.driver.rules.map(({ id }: { id: string }) => id)
    assert.equal(new Set(ids).size, ids.length)
    for (const { executionSuccessful } of run.invocations) assert.equal(executionSuccessful, true)
    for (const artifact of run.artifacts ?? []) assert.match(artifact.location.uri, URI)
    for (const result of run.results) {
      assert.equal(result.ruleId, ids[result.ruleIndex])
      assert.ok(['none', 'note', 'warning', 'error'].includes(result.level))
      assert.equal(result.kind === 'fail', result.level !== 'none')
      assert.equal(typeof result.message.text, 'string')
      for (const { physicalLocation } of [...result.locations, ...(result.relatedLocations ?? [])]) {
        assert.match(physicalLocation.artifactLocation.uri, URI)
        const { region } = physicalLocation
        assert.ok(region === undefined || (region.byteOffset >= 0 && region.byteLength >= 0))
      }
    }
  }
}

const URI = /^(?:file:\/\/\/[A-Z]:\/)?[A-Za-z0-9._~/%-]+$/
