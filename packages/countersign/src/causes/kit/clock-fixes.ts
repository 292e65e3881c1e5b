/**
 * Repairs of a clock, one per operating system, and of code that writes local time as UTC.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/set-time.html
 */
import type { Fix } from './explanation.js'

/** Setting the clock. */
export const CLOCK_FIXES: readonly Fix[] = [
  { title: 'set the clock of the machine that signs from the network, and keep it so (NTP)', applicability: 'maybe' },
  {
    title: 'set the clock from the hardware clock: it stands still while the host sleeps',
    applicability: 'maybe',
    command: 'sudo hwclock -s',
    appliesTo: ['wsl'],
  },
  {
    title: "restart the virtual machine that containers run in, or set the host's clock: a container does not have its own clock",
    applicability: 'maybe',
    appliesTo: ['docker'],
  },
  {
    title: 'sync the clock now and keep it synced with chrony (EC2: server 169.254.169.123)',
    applicability: 'maybe',
    command: 'chronyc tracking; sudo chronyc makestep',
    appliesTo: ['linux'],
  },
  {
    title: 'switch time synchronization on with systemd-timesyncd',
    applicability: 'maybe',
    command: 'timedatectl status; sudo timedatectl set-ntp true',
    appliesTo: ['linux'],
  },
  {
    title: 'synchronize the clock',
    applicability: 'maybe',
    command: 'w32tm /query /status && w32tm /resync /force',
    appliesTo: ['windows'],
  },
  { title: 'synchronize the clock', applicability: 'maybe', command: 'sudo sntp -sS time.apple.com', appliesTo: ['macos'] },
]

/** A clock that shows the right local time in the wrong zone is wrong all the same. */
export const ZONE_FIXES: readonly Fix[] = [
  {
    title: "set the machine's clock in UTC underneath: a virtual machine whose hardware clock is in local time is off by whole hours",
    applicability: 'maybe',
    command: 'timedatectl; sudo timedatectl set-local-rtc 0; sudo timedatectl set-ntp true',
    appliesTo: ['linux'],
  },
  {
    title: 'compare "date -u" with the real time in UTC: the time zone or the hardware clock of the machine is wrong by whole hours',
    applicability: 'maybe',
  },
]

/** Writing UTC. */
export const UTC_FIXES: readonly Fix[] = [
  { title: 'write the date in UTC as YYYYMMDDTHHMMSSZ, with a 24-hour clock and Gregorian years', applicability: 'maybe' },
  {
    title: 'write the date in UTC, with a 24-hour clock',
    applicability: 'maybe',
    command: "datetime.now(timezone.utc).strftime('%Y%m%dT%H%M%SZ')",
    appliesTo: ['python'],
  },
  { title: 'write the date in UTC', applicability: 'maybe', command: 'date -u +%Y%m%dT%H%M%SZ', appliesTo: ['shell'] },
  { title: 'write the date in UTC', applicability: 'maybe', command: "gmdate('Ymd\\THis\\Z')", appliesTo: ['php'] },
  { title: 'write the date in UTC', applicability: 'maybe', command: "Time.now.utc.strftime('%Y%m%dT%H%M%SZ')", appliesTo: ['ruby'] },
  { title: 'write the date in UTC', applicability: 'maybe', command: 'time.Now().UTC().Format("20060102T150405Z")', appliesTo: ['go'] },
  {
    title: 'write the date in UTC',
    applicability: 'maybe',
    command: "new Date().toISOString().replace(/[:-]|\\.\\d{3}/g, '')",
    appliesTo: ['javascript'],
  },
  {
    title: 'write the date in UTC',
    applicability: 'maybe',
    command: "DateTime.UtcNow.ToString(\"yyyyMMdd'T'HHmmss'Z'\", CultureInfo.InvariantCulture)",
    appliesTo: ['dotnet'],
  },
  {
    title: 'write the date in UTC, with Gregorian years',
    applicability: 'maybe',
    command: "DateTimeFormatter.ofPattern(\"uuuuMMdd'T'HHmmss'Z'\", Locale.ROOT).withZone(ZoneOffset.UTC)",
    appliesTo: ['java', 'kotlin'],
  },
  {
    title: 'write the date in UTC',
    applicability: 'maybe',
    command: "DateFormat(\"yyyyMMdd'T'HHmmss'Z'\").format(DateTime.now().toUtc())",
    appliesTo: ['dart'],
  },
  {
    title: 'write the date in UTC',
    applicability: 'maybe',
    command: "(Get-Date).ToUniversalTime().ToString(\"yyyyMMdd'T'HHmmss'Z'\")",
    appliesTo: ['powershell'],
  },
  {
    title: 'write the date in UTC',
    applicability: 'maybe',
    command: "Datetime.now().formatGmt('yyyyMMdd\\'T\\'HHmmss\\'Z\\'')",
    appliesTo: ['apex'],
  },
  {
    title: 'give the formatter UTC and a fixed locale',
    applicability: 'maybe',
    command: 'formatter.timeZone = TimeZone(identifier: "UTC"); formatter.locale = Locale(identifier: "en_US_POSIX")',
    appliesTo: ['swift'],
  },
]
