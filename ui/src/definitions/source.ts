// kindOf is the code a definition gives itself.
export const kindOf = (source: string) => source.match(/^kind:\s*["']?([A-Za-z0-9_-]+)/m)?.[1] ?? ''
