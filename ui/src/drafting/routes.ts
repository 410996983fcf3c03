import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/new/:kind', name: 'new', component: () => import('./NewMatterPage.vue'), props: true, meta: { title: '新办' } },
  { path: '/matters/:id/draft/:action', name: 'draft', component: () => import('./DraftActionPage.vue'), props: true, meta: { title: '拟稿' } },
]
