/** The picture in the README is of the report as it is printed today. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '../../../..')

test('docs/pictures/report.svg is what the example says, and the README shows it', () => {
  const node = ['--import', 'tsx', '--conditions=countersign-source', 'tools/generate/make-picture.ts', '--check']
  assert.equal(execFileSync(process.execPath, node, { cwd: root, encoding: 'utf8' }), 'picture: 0 problems\n')
  assert.match(readFileSync(join(root, 'README.md'), 'utf8'), /!\[[^\]]+\]\(docs\/pictures\/report\.svg\)/)
})

test('the picture fetches nothing, and its words are those of the report', () => {
  const svg = readFileSync(join(root, 'docs/pictures/report.svg'), 'utf8')
  assert.doesNotMatch(svg, /<script|<image|href|@import|url\(/)
  assert.ok(!svg.includes('\u001b'))
  const words = svg
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
  for (const line of ['PROVEN  signed differently (path-encoded-twice)', 'you signed        /photos/a%2520b.jpg', "Don't"])
    assert.ok(words.includes(line), line)
})
