// walk moves the focus through the links of a list, one line up or down.
export function walk(e: KeyboardEvent, list: HTMLElement | undefined, by: number) {
  const links = [...(list?.querySelectorAll<HTMLElement>('a.title') ?? [])]
  const next = links[links.indexOf(document.activeElement as HTMLElement) + by]
  if (next) { e.preventDefault(); next.focus() }
}
