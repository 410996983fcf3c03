import { ref } from 'vue'

// A word said in passing: 已送出、已保存. What needs an answer is a dialog, not a toast.
export type Toast = { id: number; text: string; to?: string }
export const toasts = ref<Toast[]>([])
let last = 0

export function say(text: string, to?: string) {
  const id = ++last
  toasts.value = [...toasts.value.slice(-2), { id, text, to }]
  setTimeout(() => unsay(id), to ? 8000 : 6000)
}

export function unsay(id: number) { toasts.value = toasts.value.filter((t) => t.id !== id) }
