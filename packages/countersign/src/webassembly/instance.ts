/** Instances of modules, where the runtime has WebAssembly. */

/** What a module exports, and the memory it works on. */
export interface Instance<Exports> {
  readonly exports: Exports
  readonly buffer: ArrayBuffer
}

/**
 * An instance with so many bytes of memory; `undefined` where WebAssembly, or SIMD where the module uses it, is lacking or forbidden, or
 * integers are stored high byte first.
 *
 * @param key Modules are compiled once: those of one key are the same.
 */
export function instanceOf<Exports>(key: string, bytes: () => Uint8Array, memoryBytes: number): Instance<Exports> | undefined {
  const { WebAssembly } = globalThis as { WebAssembly?: WebAssemblyLike }
  if (WebAssembly === undefined || new Uint8Array(Int32Array.of(1).buffer)[0] !== 1) return undefined
  try {
    const module = COMPILED.get(key) ?? new WebAssembly.Module(bytes())
    COMPILED.set(key, module)
    const memory = new WebAssembly.Memory({ initial: Math.ceil(memoryBytes / PAGE) })
    const { exports } = new WebAssembly.Instance(module, { m: { m: memory } })
    return { exports: exports as Exports, buffer: memory.buffer }
  } catch {
    // A content security policy without 'wasm-unsafe-eval', or an engine without SIMD.
    return undefined
  }
}

interface WebAssemblyLike {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer }
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown }
}

const COMPILED = new Map<string, object>()
const PAGE = 65_536
