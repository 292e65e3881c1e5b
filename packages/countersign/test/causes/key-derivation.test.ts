/** Each derivation that a repair shows is run where its language is on this machine. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { STANDARD_CHAIN } from '../../src/causes/kit/key-derivation.ts'

/** The pair that AWS publishes, and what is made of it. */
const INPUT = {
  secret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  date: '20150830',
  region: 'us-east-1',
  service: 'iam',
  stringToSign:
    'AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/iam/aws4_request\nf536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59',
}
const SIGNATURE = '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7'

interface Runner {
  /** What tells that the language is here. */
  readonly probe: readonly [string, ...string[]]
  readonly file: string
  /** The program around the lines: the inputs come from the environment, the signature goes to stdout. */
  readonly program: (lines: string) => string
  readonly run: (file: string, dir: string) => readonly [string, ...string[]]
}

const names = ['secret', 'date', 'region', 'service', 'stringToSign'] as const
const each = (line: (name: string, variable: string) => string): string => names.map((name) => line(name, name.toUpperCase())).join('\n')

const RUNNERS: Readonly<Record<string, Runner>> = {
  python: {
    probe: ['python3', '--version'],
    file: 'a.py',
    program: (lines) =>
      `import hashlib, hmac, os\n${each((name, variable) => `${name === 'stringToSign' ? 'string_to_sign' : name} = os.environ['${variable}']`)}\n${lines}\nprint(signature)\n`,
    run: (file) => ['python3', file],
  },
  javascript: {
    probe: [process.execPath, '--version'],
    file: 'a.cjs',
    program: (lines) =>
      `const crypto = require('node:crypto')\n${each((name, variable) => `const ${name} = process.env.${variable}`)}\n${lines}\nconsole.log(signature)\n`,
    run: (file) => [process.execPath, file],
  },
  java: {
    probe: ['javac', '--version'],
    file: 'A.java',
    program: (lines) =>
      `import java.nio.charset.StandardCharsets; import java.util.HexFormat; import javax.crypto.Mac; import javax.crypto.spec.SecretKeySpec;\nclass A { public static void main(String[] args) throws Exception {\n${each((name, variable) => `String ${name} = System.getenv("${variable}");`)}\n${lines}\nSystem.out.println(signature); } }\n`,
    run: (file) => ['java', file],
  },
  dotnet: {
    probe: ['dotnet-script', '--version'],
    file: 'a.csx',
    program: (lines) =>
      `using System; using System.Text; using System.Security.Cryptography;\n${each((name, variable) => `var ${name} = Environment.GetEnvironmentVariable("${variable}");`)}\n${lines}\nConsole.WriteLine(signature);\n`,
    run: (file) => ['dotnet-script', file],
  },
  go: {
    probe: ['go', 'version'],
    file: 'a.go',
    program: (lines) =>
      `package main\nimport ("crypto/hmac"; "crypto/sha256"; "encoding/hex"; "fmt"; "os")\nfunc main() {\n${each((name, variable) => `${name} := os.Getenv("${variable}")`)}\n${lines}\nfmt.Println(signature)\n}\n`,
    run: (file) => ['go', 'run', file],
  },
  php: {
    probe: ['php', '--version'],
    file: 'a.php',
    program: (lines) => `<?php\n${each((name, variable) => `$${name} = getenv('${variable}');`)}\n${lines}\necho $signature;\n`,
    run: (file) => ['php', file],
  },
  ruby: {
    probe: ['ruby', '--version'],
    file: 'a.rb',
    program: (lines) =>
      `require 'openssl'\n${each((name, variable) => `${name === 'stringToSign' ? 'string_to_sign' : name} = ENV['${variable}']`)}\n${lines}\nputs signature\n`,
    run: (file) => ['ruby', file],
  },
  swift: {
    probe: ['swift', '--version'],
    file: 'a.swift',
    program: (lines) =>
      `import Foundation\nimport Crypto\n${each((name, variable) => `let ${name} = ProcessInfo.processInfo.environment["${variable}"]!`)}\n${lines}\nprint(signature)\n`,
    run: (file) => ['swift', file],
  },
  kotlin: {
    probe: ['kotlinc', '-version'],
    file: 'a.main.kts',
    program: (lines) =>
      `import javax.crypto.Mac\nimport javax.crypto.spec.SecretKeySpec\n${each((name, variable) => `val ${name} = System.getenv("${variable}")`)}\n${lines}\nprintln(signature)\n`,
    run: (file) => ['kotlinc', '-script', file],
  },
  powershell: {
    probe: ['pwsh', '--version'],
    file: 'a.ps1',
    program: (lines) => `${each((name, variable) => `$${name} = $env:${variable}`)}\n${lines}\n$signature\n`,
    run: (file) => ['pwsh', '-NoProfile', '-File', file],
  },
  openssl: {
    probe: ['openssl', 'version'],
    file: 'a.sh',
    program: (lines) => `STRING_TO_SIGN=$STRINGTOSIGN\n${lines}\necho "$signature"\n`,
    run: (file) => ['bash', file],
  },
}

for (const [subject, { probe, file, program, run }] of Object.entries(RUNNERS)) {
  const here = spawnSync(probe[0], probe.slice(1)).status === 0
  test(`the derivation for ${subject} makes AWS's own signature`, { skip: here ? false : `${probe[0]} is not on this machine` }, () => {
    const shown = STANDARD_CHAIN.find(({ appliesTo }) => appliesTo?.some((one) => one === subject))
    assert.ok(shown?.command !== undefined)
    const dir = mkdtempSync(join(tmpdir(), 'derivation-'))
    try {
      writeFileSync(join(dir, file), program(shown.command))
      const env = { ...process.env, ...Object.fromEntries(names.map((name) => [name.toUpperCase(), INPUT[name]])) }
      const [command, ...args] = run(join(dir, file), dir)
      const done = spawnSync(command, args, { encoding: 'utf8', env, cwd: dir })
      assert.equal(done.stdout.trim(), SIGNATURE, done.stderr)
    } finally {
      rmSync(dir, { recursive: true })
    }
  })
}

test('every derivation has a runner, but those that no bare runtime runs: a package for HMAC, or the servers of Salesforce', () => {
  const without = STANDARD_CHAIN.filter(
    ({ appliesTo = [] }) => appliesTo.length > 0 && !appliesTo.some((subject) => Object.hasOwn(RUNNERS, subject)),
  )
  assert.deepEqual(
    without.map(({ appliesTo }) => appliesTo),
    [['crypto-js', 'postman'], ['dart'], ['rust'], ['apex']],
  )
})
