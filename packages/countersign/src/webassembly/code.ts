/**
 * WebAssembly emitted byte by byte, so that no toolchain is needed and nothing binary is stored.
 * @see https://webassembly.github.io/spec/core/binary/index.html
 */

export type Code = readonly number[]

/** A function: the types of its parameters and locals, and its instructions. It returns nothing. */
export interface Emitted {
  readonly name: string
  readonly parameters: readonly ValueType[]
  readonly locals: readonly (readonly [count: number, type: ValueType])[]
  readonly code: Code
}

export type ValueType = typeof I32 | typeof I64 | typeof V128
export const [I32, I64, V128] = [0x7f, 0x7e, 0x7b] as const

/** A module that exports these functions and works on the memory it is given as "m" "m". */
export function moduleOf(functions: readonly Emitted[]): Uint8Array {
  const types = functions.map(({ parameters }) => [FUNCTION, parameters.length, ...parameters, 0])
  const bodies = functions.map(({ locals, code }) => {
    const declared = locals.flatMap(([count, type]) => [...unsigned(count), type])
    const body = [locals.length, ...declared, ...code, END]
    return [...unsigned(body.length), ...body]
  })
  const of = (parts: readonly Code[]): Code => [parts.length, ...parts.flat()]
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, of(types)),
    ...section(2, [1, ...name('m'), ...name('m'), 2, 0, 0]),
    ...section(3, of(functions.map((_, i) => [i]))),
    ...section(7, of(functions.map((one, i) => [...name(one.name), 0, i]))),
    ...section(10, of(bodies)),
  ])
}

/** Puts instructions one after the other. */
export function emitter(): { readonly code: number[]; emit(...pieces: Code[]): void } {
  const code: number[] = []
  return {
    code,
    emit(...pieces) {
      for (const piece of pieces) for (const byte of piece) code.push(byte)
    },
  }
}

export const get = (local: number): Code => [0x20, ...unsigned(local)]
export const set = (local: number): Code => [0x21, ...unsigned(local)]
export const tee = (local: number): Code => [0x22, ...unsigned(local)]
export const constant = (value: number): Code => [0x41, ...signed(value | 0)]
export const END = 0x0b

/** LEB128. */
export function unsigned(value: number): Code {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)]
}

export function signed(value: number): Code {
  const [low, rest] = [value & 127, value >> 7]
  const last = (rest === 0 && low < 64) || (rest === -1 && low >= 64)
  return last ? [low] : [low | 128, ...signed(rest)]
}

function section(id: number, content: Code): Code {
  return [id, ...unsigned(content.length), ...content]
}

function name(text: string): Code {
  return [text.length, ...Array.from(text, (letter) => letter.charCodeAt(0))]
}

const FUNCTION = 0x60
