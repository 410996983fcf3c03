import { computed, onMounted, ref } from 'vue'
import { loadCatalogue } from './catalogue'

type Line = { name: string; group: string; summary?: string }

// The groups in the order an office thinks of them; what is not named here stands after.
const order = ['', '办文', '办会', '督办', '信息', '值守', '值守交办', '信访', '印信', '人员', '内务', '后勤', '门卫', '宣传', '学习', '档案', '保密', '查考', '系统管理']
export const rank = (group: string) => (order.includes(group) ? order.indexOf(group) : order.length)

// shelved 分类目录 puts lines under their groups; only those whose name or summary holds what was said.
export function shelved<T extends Line>(lines: readonly T[], said: string): [group: string, lines: T[]][] {
  const found = lines.filter((l) => l.name.includes(said) || l.summary?.includes(said))
  const groups = new Map<string, T[]>()
  for (const l of found) groups.set(l.group, [...(groups.get(l.group) ?? []), l])
  return [...groups].sort(([a], [b]) => rank(a) - rank(b))
}

// useShelves is a page that shows part of the catalogue: what it holds by group, narrowed by what one types. A page of
// figures asks for them anew.
export function useShelves<T extends Line>(lines: () => readonly T[], anew = false) {
  const said = ref('')
  const known = ref(false)
  const error = ref<unknown>(null)
  const shelves = computed(() => shelved(lines(), said.value))

  async function load() {
    error.value = null
    try {
      await loadCatalogue(anew)
      known.value = true
    } catch (e) { error.value = e }
  }
  onMounted(load)
  return { said, known, error, shelves, load }
}
