// docs/manual/who-accepts-what.md, made of what the servers said.

export function pageOf(columns) {
  const rows = columns[0].answers.map(({ name, why, expected }) => ({
    name,
    why,
    expected,
    said: columns.map(({ answers }) => answers.find((one) => one.name === name).said),
  }))
  const differs = ({ expected, said }, test = () => true) =>
    said.some((one, i) => test(columns[i]) && !one.unserved && one.accepted !== expected.accepted)
  const differing = rows.filter((row) => differs(row))
  const strict = differing.filter(({ expected }) => expected.accepted)
  const wrong = differing.filter(({ expected }) => !expected.accepted)
  const guards = ({ forTests }) => !forTests
  const [loose, playful] = [wrong.filter((row) => differs(row, guards)), wrong.filter((row) => !differs(row, guards))]
  const agreed = rows.filter((row) => !differs(row))
  return `# Who accepts what

Made by \`npm run differential\`; do not edit. ${rows.length} requests of [the corpus](corpus.md), signed afresh for each server by a signer that
is part of none of them, were sent over a socket to servers that speak S3, on this machine, as they come: with one key pair, region us-east-1
where a region can be set, nothing else. \`npm run differential -- --only NAME\` sends one request of this page to all of them again.

What AWS does is what the corpus states, with its sources; AWS itself was not asked. moto and s3rver are made for tests and promise no
security. A server that accepts a wrong request need not be open to attack: some rows are a matter of exactness, others (an unsigned header
that takes effect, a body that is not the one signed) are not.

${summary(columns)}

Cells: "=" is AWS's status and code; **bold** differs from AWS's verdict; "(…)" says neither yes nor no to the signature (an error of the
server's own, a name it does not take, a way of upload it does not know) and is not counted above.

## Accepted, though AWS refuses

${table(loose, columns)}

## Accepted by servers made for tests only

${table(playful, columns)}

## Refused, though AWS accepts

${table(strict, columns)}

## All of one mind, not always with one code

${table(agreed, columns)}
`
}

function summary(columns) {
  const lines = columns.map(({ name, version, origin, answers }) => {
    const [right, wrong] = [answers.filter(({ expected }) => expected.accepted), answers.filter(({ expected }) => !expected.accepted)]
    const served = (list) => list.filter(({ said }) => !said.unserved)
    const count = (list, test) => `${served(list).filter(test).length} of ${served(list).length}`
    return `| ${name} | ${version} | ${origin} | ${[
      count(right, ({ said }) => said.accepted),
      count(wrong, ({ said }) => !said.accepted),
      count(wrong, sameCode),
      count(wrong, (one) => sameCode(one) && (isHead(one) || one.said.message === one.expected.message)),
    ].join(' | ')} |`
  })
  return `| server | version | from | right ones accepted | wrong ones refused | with AWS's code | and its message |\n|---|---|---|---|---|---|---|\n${lines.join('\n')}`
}

function table(rows, columns) {
  if (rows.length === 0) return 'None.'
  const head = `| request | AWS | ${columns.map(({ name }) => name).join(' | ')} |\n|${'---|'.repeat(columns.length + 2)}`
  return `${head}\n${rows.map((row) => lineOf(row)).join('\n')}`
}

function lineOf({ name, why, expected, said }) {
  const cells = said.map((one) => {
    if (one.unserved) return `(${one.text})`
    if (one.accepted !== expected.accepted) return `**${one.text}**`
    return one.accepted || sameCode({ expected, said: one }) ? '=' : one.text
  })
  const aws = expected.accepted ? 'accepted' : `${expected.status} ${expected.code}`
  return `| \`${name}\` ${why.replaceAll('|', '\\|')} | ${aws} | ${cells.join(' | ')} |`
}

/** HEAD has no body to say a code in. */
function sameCode({ expected, said }) {
  return !said.accepted && said.status === expected.status && (said.code === expected.code || (isHead({ said }) && said.code === ''))
}

function isHead({ said }) {
  return said.head === true
}
