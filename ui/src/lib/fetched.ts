import { onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import { http } from '@/lib/http'

// useFetched holds what one address answers; load fetches it anew and drops an older request still under way.
export function useFetched<T>(path: () => string, query: () => Record<string, unknown> = () => ({})) {
  const data = shallowRef<T | null>(null)
  const error = ref<unknown>(null)
  let stop: AbortController | null = null

  async function load() {
    stop?.abort()
    const mine = (stop = new AbortController())
    error.value = null
    try {
      data.value = await http.get<T>(path(), query(), mine.signal)
    } catch (e) {
      if (!mine.signal.aborted) error.value = e
    }
  }
  onMounted(load)
  onBeforeUnmount(() => stop?.abort())
  return { data, error, load }
}
