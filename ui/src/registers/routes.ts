import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/registers', name: 'registers', component: () => import('./RegistersPage.vue'), meta: { title: '登记簿', place: { group: '查考', name: '全部登记簿', order: 520, when: (me) => !me.admin.length } } },
  { path: '/registers/:kind', name: 'register', component: () => import('./RegisterPage.vue'), props: true, meta: { title: '登记簿' } },
]
