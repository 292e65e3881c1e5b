/** The address of a host, with a deadline: the system's own look-up cannot be interrupted, and holds the process until it gives up. */
import { lookup, Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'
import { limitedText } from './limited-text.js'

/** @throws where there is none, or no answer in time. */
export async function addressOf(host: string, deadline: number): Promise<string> {
  const name = host.replace(/^\[(.*)\]$/, '$1')
  if (isIP(name) !== 0) return name
  const known = await ofHostsFile(name)
  if (known !== undefined) return known
  if (!name.includes('.')) return (await lookup(name)).address
  const resolver = new Resolver({ timeout: deadline, tries: 1 })
  const found = await resolver.resolve4(name).catch(() => resolver.resolve6(name))
  return found[0]!
}

async function ofHostsFile(name: string): Promise<string | undefined> {
  const text = (await limitedText('/etc/hosts', 65_536).catch(() => '')) ?? ''
  for (const line of text.split('\n')) {
    const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
    if (address !== undefined && isIP(address) !== 0 && names.includes(name)) return address
  }
  return undefined
}
