/** Every command, with the line that the help says of it. Each is loaded only when it is called. */
import type { Command } from './command.js'

export interface ListedCommand {
  readonly summary: string
  /** It takes the command line of another program behind "--", which is that program's own: it is passed on as it is. */
  readonly startsProgram?: true
  readonly load: () => Promise<Command>
}

export const COMMANDS: Readonly<Record<string, ListedCommand>> = {
  diagnose: {
    summary: 'say why a request was refused, what proves it, and how to fix it',
    load: async () => (await import('./commands/diagnose.js')).diagnose,
  },
  verify: { summary: 'check a signed request as AWS does', load: async () => (await import('./commands/verify.js')).verify },
  sign: { summary: 'sign a request and print it', load: async () => (await import('./commands/sign.js')).sign },
  presign: { summary: 'make a presigned URL', load: async () => (await import('./commands/presign.js')).presign },
  serve: {
    summary: 'run a local AWS endpoint that explains its refusals',
    load: async () => (await import('./commands/serve.js')).serve,
  },
  record: {
    summary: 'pass requests on byte for byte, record them, explain refusals as they pass',
    load: async () => (await import('./commands/record.js')).record,
  },
  run: {
    summary: 'run a program through a private relay and say which of its signatures were accepted',
    startsProgram: true,
    load: async () => (await import('./commands/run.js')).run,
  },
  replay: {
    summary: 'mend a refused request, sign it afresh, and send it where you ask for that',
    load: async () => (await import('./commands/replay.js')).replay,
  },
  recordings: {
    summary: 'list, show or export what was recorded',
    load: async () => (await import('./commands/recordings.js')).recordings,
  },
  hops: {
    summary: 'say what changed between two points on the way of a request, and who changed it',
    load: async () => (await import('./commands/hops.js')).hops,
  },
  canonicalize: {
    summary: 'show every step from a request to its signing key',
    load: async () => (await import('./commands/canonicalize.js')).canonicalize,
  },
  scope: {
    summary: 'say what hosts are signed for: service, region, partition, algorithm',
    load: async () => (await import('./commands/scope.js')).scope,
  },
  doctor: {
    summary: "check this machine's clock, keys, region and endpoint, as each SDK sees them",
    load: async () => (await import('./commands/doctor.js')).doctor,
  },
  keys: {
    summary: 'fingerprint the keys of this machine, and find the machine that has another secret',
    load: async () => (await import('./commands/keys.js')).keys,
  },
  redact: {
    summary: 'make evidence safe to post, so that it can still be diagnosed',
    load: async () => (await import('./commands/redact.js')).redact,
  },
  report: {
    summary: 'fill in the issue template of a project, with nothing in it that must not be posted',
    load: async () => (await import('./commands/report.js')).report,
  },
  explain: {
    summary: 'explain a cause, an AWS error code, a status or a message',
    load: async () => (await import('./commands/explain.js')).explain,
  },
  causes: { summary: 'list the known causes, or those of some words', load: async () => (await import('./commands/causes.js')).causes },
  completion: {
    summary: 'print the completion script for bash, zsh or fish',
    load: async () => (await import('./commands/completion.js')).completion,
  },
  version: { summary: 'print the version', load: async () => (await import('./commands/version.js')).version },
}
