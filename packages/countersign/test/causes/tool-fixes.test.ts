import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SUBJECTS, type Subject, TOOL_SETTINGS } from '../../src/catalog/index.ts'
import { toolFixes } from '../../src/causes/kit/tool-fixes.ts'
import { fittingFixes } from '../../src/diagnosis/fitting-fixes.ts'
import { assembleCase, diagnoseEvidence, readEvidence } from '../../src/index.ts'

const fileOf = (text: string) => assembleCase(readEvidence([{ name: 'a', text }]))

test('a program that is named gets its own setting, in its own file; another gets none', () => {
  const [fix, ...others] = toolFixes(fileOf('Velero backups to MinIO fail.'), 'plainChecksums')
  assert.deepEqual([fix?.appliesTo, fix?.command, others], [['velero'], 'checksumAlgorithm: ""', []])
  assert.deepEqual(toolFixes(fileOf('Our own program.'), 'plainChecksums'), [])
})

test('the region to sign for stands in the setting, and one that is no plain word does not', () => {
  const command = (region: string) => toolFixes(fileOf('restic'), 'region', { region })[0]?.command
  assert.equal(command('garage'), '-o s3.region=garage')
  assert.equal(command('x;reboot'), '-o s3.region=<region>')
})

test('a setting that is so already is not offered', () => {
  const file = fileOf('[remote]\ntype = s3\nprovider = Minio\n# rclone.conf\nforce_path_style = true\n')
  assert.deepEqual(fittingFixes(file, [toolFixes(file, 'pathStyle')]), [])
})

test('every program has a source, a name, and at least two settings', () => {
  const tools = Object.entries(TOOL_SETTINGS)
  assert.ok(tools.length >= 30)
  for (const [tool, { file, source, ...settings }] of tools) {
    assert.match(source, /^https:\/\//)
    assert.ok(file !== '' && SUBJECTS[tool as Subject].name !== '' && Object.keys(settings).length >= 2, tool)
  }
})

test('each program is known by its name', () => {
  for (const tool of Object.keys(TOOL_SETTINGS) as Subject[]) {
    const said = `We use ${NAMES[tool] ?? tool} against our store.`
    assert.ok(
      Object.keys(TOOL_SETTINGS[tool]!).some(
        (setting) => setting !== 'file' && setting !== 'source' && toolFixes(fileOf(said), setting as 'region').length > 0,
      ),
      said,
    )
  }
})

/** Where the name alone is a word of English, or the program is called otherwise. */
const NAMES: Readonly<Partial<Record<Subject, string>>> = {
  'aws-cli': 'aws-cli',
  borg: 'borgbackup',
  'docker-registry': 'registry:2',
  harbor: 'goharbor',
  mc: 'mc alias',
  mountpoint: 'mount-s3',
  tempo: 'Grafana Tempo',
  vector: 'vector.toml',
}

test('the diagnosis of a refused region says it in the file of the program', () => {
  const text = [
    'restic to Garage:',
    "An error occurred (AuthorizationHeaderMalformed) when calling the ListObjectsV2 operation: The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'garage'",
  ].join('\n')
  const [finding] = diagnoseEvidence([{ name: 'a', text }]).findings
  assert.equal(finding?.causes[0], 'region-mismatch')
  assert.equal(finding?.fixes[0]?.command, '-o s3.region=garage')
})
