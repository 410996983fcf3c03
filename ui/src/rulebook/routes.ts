import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/rulebook', name: 'rulebook', component: () => import('./RulebookPage.vue'), meta: { title: '制度库', place: { group: '查考', name: '制度库', order: 545 } } },
]
