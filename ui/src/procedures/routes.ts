import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/procedures', name: 'procedures', component: () => import('./ProceduresPage.vue'), meta: { title: '办事指南', place: { group: '查考', name: '办事指南', order: 540 } } },
  { path: '/procedures/:kind', name: 'procedure', component: () => import('./ProcedurePage.vue'), props: true, meta: { title: '办事指南' } },
]
