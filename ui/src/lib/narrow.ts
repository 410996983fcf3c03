import { onBeforeUnmount, ref } from 'vue'

// Whether the page is as narrow as a phone: there some things are tabs and sheets instead of columns.
export function useNarrow() {
  const query = matchMedia('(max-width: 760px)')
  const narrow = ref(query.matches)
  const follow = (e: MediaQueryListEvent) => { narrow.value = e.matches }
  query.addEventListener('change', follow)
  onBeforeUnmount(() => query.removeEventListener('change', follow))
  return narrow
}
