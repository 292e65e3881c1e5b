/** This machine as the doctor's checks judge it. No secret on it is said again. */
import { resolve } from 'node:path'
import { filePlaces, type Machine, secretsOn } from '../doctor/index.js'
import { sharedFile, systemHere } from '../environment/index.js'
import type { Io } from './terminal-rules.js'
import { keepUnspoken } from './unspoken.js'

/** @param profile What the command line names. */
export async function machineHere(io: Io, profile: string | undefined): Promise<Machine> {
  const system = systemHere()
  const places = filePlaces(io.env, system, io.home)
  const machine = {
    system,
    env: io.env,
    now: io.now(),
    credentials: await sharedFile(resolve(io.cwd, places.credentials)),
    config: await sharedFile(resolve(io.cwd, places.config)),
    ...(profile !== undefined && { profile }),
  }
  keepUnspoken(io, secretsOn(machine))
  return machine
}
