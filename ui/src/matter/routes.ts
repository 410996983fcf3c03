import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/start', name: 'start', component: () => import('./StartPage.vue'), meta: { title: '新办' } },
  { path: '/matters/:id', name: 'matter', component: () => import('./MatterPage.vue'), props: true, meta: { title: '事项' } },
]
