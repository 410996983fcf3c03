// A snippet 摘句 comes with <mark> around what was found and everything else escaped. It is taken apart and drawn
// as text, so that nothing a document says can ever become part of the page.
export type Piece = { text: string; found: boolean }

const escapes: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#34;': '"', '&#39;': '\'', '&amp;': '&' }

export function pieces(snippet: string): Piece[] {
  const out: Piece[] = []
  let found = false
  for (const part of snippet.split(/(<\/?mark>)/)) {
    if (part === '<mark>') found = true
    else if (part === '</mark>') found = false
    else if (part) out.push({ text: part.replace(/&(?:lt|gt|quot|amp|#34|#39);/g, (e) => escapes[e]!), found })
  }
  return out
}
