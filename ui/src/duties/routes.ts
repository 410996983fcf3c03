import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/due', name: 'due', component: () => import('./DutiesPage.vue'), meta: { title: '本月应办', place: { group: '', name: '本月应办', order: 6, when: (me) => !me.admin.length } } },
]
