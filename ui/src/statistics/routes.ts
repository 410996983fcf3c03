import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/statistics', name: 'statistics', component: () => import('./StatisticsPage.vue'), meta: { title: '统计', place: { group: '查考', name: '统计', order: 550, when: (me) => !me.admin.length } } },
  { path: '/statistics/lines', name: 'figure-lines', component: () => import('./LinesPage.vue'), meta: { title: '统计明细' } },
]
