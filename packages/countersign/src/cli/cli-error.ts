/** A command that cannot be carried out as given: told on standard error, exit code 2. */

export class CliError extends Error {
  override readonly name = 'CliError'
}
