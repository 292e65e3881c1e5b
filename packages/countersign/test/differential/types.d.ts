// The two signers that bring no types along.
declare module 'aws4' {
  export function sign(
    request: Record<string, unknown>,
    credentials: Record<string, unknown>,
  ): { headers: Record<string, string>; path: string }
}
