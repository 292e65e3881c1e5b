/**
 * Commands that take a credential under an option whose name does not say so, or by its place. Options with a telling name
 * (`--password`, `--token`) need no row: {@link announcedBy} knows them.
 */

/** What stands in the argument: all of it is the credential, or what follows the first of some characters. */
export type ArgumentForm = 'whole' | 'after-colon' | 'after-comma' | 'after-percent'

export interface CommandRow {
  readonly commands: readonly string[]
  /** A word that must stand between command and option: `docker run -p` is no password. */
  readonly after?: string
  readonly options?: readonly string[]
  /** The option and its argument are one word: `mysql -pSECRET`; the next word is something else. */
  readonly attached?: boolean
  readonly form?: ArgumentForm
  /** The how manieth word after the command, or after the word that must stand there, options left out, from 1. */
  readonly place?: number
}

export const COMMAND_ROWS: readonly CommandRow[] = [
  { commands: ['curl'], options: ['-u', '-U', '--user', '--proxy-user'], form: 'after-colon' },
  { commands: ['curl'], options: ['-b', '--pass', '--proxy-pass', '--oauth2-bearer'] },
  { commands: ['http', 'https', 'xh', 'xhs', 'ab'], options: ['-a', '-A', '--auth'], form: 'after-colon' },
  { commands: ['docker', 'podman', 'nerdctl', 'helm', 'oras', 'crane', 'az', 'oc', 'cf'], after: 'login', options: ['-p'] },
  { commands: ['skopeo', 'podman', 'buildah'], options: ['--creds', '--src-creds', '--dest-creds'], form: 'after-colon' },
  { commands: ['curl'], options: ['-E', '--cert'], form: 'after-colon' },
  { commands: ['mysql', 'mysqldump', 'mysqladmin', 'mariadb', 'mariadb-dump'], options: ['-p'], attached: true },
  { commands: ['redis-cli', 'valkey-cli'], options: ['-a', '--pass'] },
  { commands: ['sshpass', 'mongo', 'mongosh', 'mongodump', 'twine'], options: ['-p'] },
  { commands: ['sqlcmd', 'bcp', 'zip', 'unzip'], options: ['-P'] },
  { commands: ['ldapsearch', 'ldapmodify', 'ldapadd'], options: ['-w'] },
  { commands: ['plink', 'pscp', 'psftp'], options: ['-pw'] },
  { commands: ['openssl'], options: ['-pass', '-passin', '-passout'], form: 'after-colon' },
  { commands: ['openssl'], options: ['-k', '-K', '-hmac'] },
  { commands: ['openssl'], options: ['-macopt'], form: 'after-colon' },
  { commands: ['7z', '7za', '7zz'], options: ['-p'], attached: true },
  { commands: ['keytool', 'jarsigner'], options: ['-storepass', '-keypass'] },
  { commands: ['snmpwalk', 'snmpget', 'snmpset'], options: ['-A', '-X'] },
  { commands: ['cqlsh', 'rabbitmqadmin', 'useradd', 'usermod'], options: ['-p'] },
  { commands: ['dotnet', 'nuget'], after: 'push', options: ['-k'] },
  { commands: ['doctl'], after: 'init', options: ['-t'] },
  { commands: ['smbclient', 'rpcclient'], options: ['-U'], form: 'after-percent' },
  { commands: ['lftp'], options: ['-u'], form: 'after-comma' },
  { commands: ['gh', 'glab'], after: 'set', options: ['-b', '--body', '-v', '--value'] },
  { commands: ['mc', 'mcli'], after: 'set', place: 4 },
  { commands: ['mc', 'mcli'], after: 'add', place: 4 },
  { commands: ['mc', 'mcli'], after: 'user', place: 4 },
  { commands: ['basicauth', 'basic_auth', 'add_user', 'change_password'], place: 2 },
  { commands: ['htpasswd'], place: 3 },
  { commands: ['vault', 'cargo'], after: 'login', place: 1 },
  { commands: ['net'], after: 'use', place: 3 },
  { commands: ['rclone'], after: 'obscure', place: 1 },
]
