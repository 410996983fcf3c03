import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/search', name: 'search', component: () => import('./SearchPage.vue'), meta: { title: '全文查找', place: { group: '查考', name: '全文查找', order: 510, when: (me) => !me.admin.length } } },
]
