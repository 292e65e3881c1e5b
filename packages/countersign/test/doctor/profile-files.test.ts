/** The shared files as each family of SDKs reads them: the specification's own tests where the crate is, and cases of ours. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { botocoreFile, filePlaces, javascriptFile, type ProfileFile, standardFile } from '../../src/doctor/index.ts'
import { crateData } from './crate-data.ts'

interface ParserTests {
  readonly tests: readonly {
    readonly name: string
    readonly input: { readonly configFile?: string; readonly credentialsFile?: string }
    readonly output: { readonly errorContaining?: string; readonly config: Record<'profiles' | 'sso_sessions', unknown> }
  }[]
}

interface PlaceTests {
  readonly tests: readonly {
    readonly name: string
    readonly environment: Record<string, string>
    readonly platform: 'linux' | 'windows'
    readonly configLocation: string
    readonly credentialsLocation: string
  }[]
}

const parserTests = crateData<ParserTests>('profile-parser-tests.json')
const placeTests = crateData<PlaceTests>('file-location-tests.json')

const plain = (sections: ReadonlyMap<string, ReadonlyMap<string, string>>) =>
  Object.fromEntries([...sections].map(([name, settings]) => [name, Object.fromEntries(settings)]))

function merged(...files: readonly ProfileFile[]) {
  const all: Record<string, Record<string, string>> = {}
  for (const file of files) for (const [name, settings] of Object.entries(plain(file.profiles))) all[name] = { ...all[name], ...settings }
  return all
}

test('the specification’s own tests of profiles pass', { skip: parserTests === undefined }, () => {
  const { tests } = parserTests!
  assert.ok(tests.length >= 65)
  for (const { name, input, output } of tests) {
    const config = standardFile(input.configFile ?? '', 'config')
    const credentials = standardFile(input.credentialsFile ?? '', 'credentials')
    const fault = config.fault ?? credentials.fault
    assert.equal(fault === undefined, output.errorContaining === undefined, `${name}: ${fault}`)
    if (fault !== undefined) continue
    assert.deepEqual(merged(config, credentials), output.config.profiles, name)
    if (output.config.sso_sessions !== undefined) assert.deepEqual(plain(config.ssoSessions), output.config.sso_sessions, name)
  }
})

test('the specification’s own tests of places pass', { skip: placeTests === undefined }, () => {
  const { tests } = placeTests!
  assert.ok(tests.length >= 9)
  for (const { name, environment, platform, configLocation, credentialsLocation } of tests)
    assert.deepEqual(filePlaces(environment, platform, '/nowhere'), { config: configLocation, credentials: credentialsLocation }, name)
})

test('a comment behind a value is a comment for some, and part of the secret for Python', () => {
  const text = '[default]\naws_secret_access_key = abc # of the archive\n'
  const value = (file: ProfileFile) => file.profiles.get('default')?.get('aws_secret_access_key')
  assert.equal(value(standardFile(text, 'credentials')), 'abc')
  assert.equal(value(javascriptFile(text, 'credentials')), 'abc')
  assert.equal(value(botocoreFile(text, 'credentials')), 'abc # of the archive')
})

test('Python refuses a whole file for one line, and says which', () => {
  for (const [text, line] of [
    ['[default]\nregion = x\nregion = y\n', 3],
    ['[default]\n[other]\n[default]\n', 3],
    ['region = x\n', 1],
    ['[default]\nexport\n', 2],
    ['\ufeff[default]\n', 1],
  ] as const) {
    assert.match(botocoreFile(text, 'credentials').fault ?? '', new RegExp(`^line ${line}:`), text)
    assert.equal(javascriptFile(text, 'credentials').fault, undefined)
  }
  assert.equal(botocoreFile('[default]\nregion: x\n', 'credentials').profiles.get('default')?.get('region'), 'x')
})

test('JavaScript keeps the case of names', () => {
  const text = '[default]\nAWS_ACCESS_KEY_ID = AKIDEXAMPLE\n'
  assert.equal(javascriptFile(text, 'credentials').profiles.get('default')?.get('aws_access_key_id'), undefined)
  assert.equal(botocoreFile(text, 'credentials').profiles.get('default')?.get('aws_access_key_id'), 'AKIDEXAMPLE')
})

test('a place in the home folder is written with a tilde, and an empty variable is none', () => {
  const home = '/home/ada'
  assert.equal(filePlaces({ AWS_CONFIG_FILE: '~/aws/config', HOME: home }, 'linux', '/x').config, '/home/ada/aws/config')
  assert.equal(filePlaces({ AWS_CONFIG_FILE: '', HOME: '' }, 'linux', '/x').config, '/x/.aws/config')
})
