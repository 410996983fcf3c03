import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/archive', name: 'archive', component: () => import('./ArchivePage.vue'), meta: { title: '待归档', place: { group: '档案', name: '待归档', order: 505, when: (me) => ['archivist', 'clerk', 'dispatcher', 'director', 'deputy-director', 'unit-head'].some((d) => me.duties.includes(d)) } } },
  { path: '/archive/catalogue', name: 'archive-catalogue', component: () => import('./CataloguePage.vue'), meta: { title: '归档文件目录' } },
]
