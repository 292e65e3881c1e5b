/**
 * What passes beside what fails, in lists, tables and sentences: what separates the two sets is a reason to suspect it. It proves nothing.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
import { anyText, clueAt, type EvidenceReader, type EvidenceSource } from '../../case/index.js'
import { MOST_SCANNED, type RuleHead, said, type Twins, twins, withoutBodies } from '../rule.js'
import { judgedItems } from './judged-items.js'
import { type Separator, separatorsThat } from './separators.js'

export const contrasts: EvidenceReader = {
  id: 'contrasts',
  reads:
    'lists, tables and sentences of what passes and what fails, and what separates the two: characters of names, method, host, region, size, kind of key',
  samples: [
    '| name | result |\n|---|---|\n| plain.txt | 200 |\n| two words.txt | 403 |\n| three more words.txt | 403 |\n',
    'Works:\n- minio.lan:9000\n\nFails:\n- minio.lan:443\n',
  ],
  recognize: anyText,
  read({ name, text }: EvidenceSource) {
    const shown = withoutBodies(text.slice(0, MOST_SCANNED))
    // A log has thousands of lines; a person lays out a few.
    if (shown.length > LONGEST_TOLD) return []
    return separatorsThat(SEPARATORS, judgedItems(shown)).map(({ separator, strength, at }) =>
      clueAt(text, name, at, said(headOf(separator), `of what is listed, only what fails ${separator.what}.`, { strength })),
    )
  },
}

type Row = Separator & { readonly examples: readonly Twins[] }

const ROWS: readonly Row[] = [
  name('non-ascii', /[\x80-\xff]/, 'holds letters beyond ASCII', 'path.encoding', '- `a.txt` works\n- `«caf\xc3\xa9 → cafe»s.txt` fails\n'),
  name('plus', /\+/, 'holds a plus', 'path.encoding', '| a.txt | ok |\n| «a+ → aa»b.txt | 403 |\n'),
  name(
    'space',
    / /,
    'holds a space',
    'path.encoding',
    'Works:\n- one.pdf\n- two.pdf\n\nFails:\n- my«  → _»file.pdf\n- your«  → _»file.pdf\n',
  ),
  name('colon', /:/, 'holds a colon', 'path-not-encoded', '"urn-a1" works, "urn«: → -»a2" is refused.\n'),
  name(
    'slashes',
    /\/\/|\/\.{1,2}\/|^\//,
    'holds slashes in a row or a dot segment',
    'path-normalized',
    '"a/b.txt" works, "a/«/ → c/»b.txt" fails.\n',
  ),
  name(
    'other-sign',
    /[!'()*,;=@&$[\]#?%~]/,
    'holds a character that is spelled in more than one way',
    'path.encoding',
    '- `a.png` 200\n- `a«(1) → 1».png` 403\n',
  ),
  {
    ...name('any-sign', /[^\w./-]/, 'holds a character that is percent-encoded in a path', 'path.encoding', [
      '| name | direct | by the gateway |\n| a.txt | ok | ok |\n',
      '| a b.txt | ok | «403 → ok» |\n| a+b.txt | ok | «403 → ok» |\n',
    ]),
    broad: true,
  },
  {
    id: 'method-with-body',
    of: 'method',
    about: 'payload.hash',
    what: 'has a body',
    has: (value) => /^(?:PUT|POST|PATCH)$/.test(value),
    examples: ['- GET: ok\n- «PUT → HEAD»: 403\n'],
  },
  {
    id: 'host-port',
    of: 'host',
    about: 'host-port-changed',
    what: 'goes to another port, or to none that is written, of the same host',
    has: (value, others) => others.some((other) => other !== value && bare(other) === bare(value)),
    examples: ['- minio.lan:9000 works\n- minio.lan:«8443 → 9000» fails\n'],
  },
  {
    id: 'host-name',
    of: 'host',
    about: 'host-rewritten',
    tags: ['host-port-changed', 'header-changed-in-transit'],
    what: 'goes to another host',
    has: (value, others) => others.every((other) => bare(other) !== bare(value)),
    examples: ['- directly, minio.lan:9000: ok\n- through https://«s3.example.com → minio.lan:9000»: 403\n'],
  },
  {
    id: 'region',
    of: 'region',
    about: 'scope.region',
    what: 'goes to another region',
    has: (value, others) => !others.includes(value),
    examples: ['| us-east-1 | ok |\n| eu-central-«1 → 2» | «403 → ok» |\n'],
  },
  {
    id: 'size',
    of: 'size',
    about: 'payload.chunked',
    what: 'is larger',
    has: (value, others) => others.every((other) => bytesOf(value) > bytesOf(other)),
    examples: ['- 1 MB works\n- «20 MB → 20 KB» fails\n'],
  },
  {
    id: 'temporary-key',
    of: 'key',
    about: 'token.missing',
    what: 'is signed with a temporary key',
    has: (value) => value === 'ASIA',
    examples: ['- keys AKIA... work\n- keys «ASIA → AKIA»... fail\n'],
  },
]

function name(id: string, sought: RegExp, what: string, about: Separator['about'], ...examples: readonly Twins[]): Row {
  return { id: `name-${id}`, of: 'name', about, what, has: (value) => sought.test(value), examples }
}

function bare(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, '')
}

function bytesOf(size: string): number {
  const [, number = '', unit = ''] = /^([\d.]+)([kmgt]?)/i.exec(size) ?? []
  return Number(number) * 1024 ** (1 + 'kmgt'.indexOf(unit.toLowerCase() || 'none'))
}

function headOf({ id, about, tags }: Separator): RuleHead {
  return { id: `apart-by-${id}`, about, strength: 'fair', ...(tags !== undefined && { tags }) }
}

const SEPARATORS: readonly Separator[] = ROWS
const LONGEST_TOLD = 20_000

export const CONTRAST_RULES: readonly RuleHead[] = ROWS.map(({ examples, ...row }) => ({ ...headOf(row), ...twins(...examples) }))
