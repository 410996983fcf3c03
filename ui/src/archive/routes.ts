import type { RouteRecordRaw } from 'vue-router'

const keepers = ['archivist', 'clerk', 'dispatcher', 'director', 'deputy-director']

export const routes: RouteRecordRaw[] = [
  { path: '/archive', name: 'archive', component: () => import('./ArchivePage.vue'), meta: { title: '归档', place: { group: '档案', name: '归档', order: 505, when: (me) => keepers.some((d) => me.duties.includes(d)) } } },
  { path: '/archive/:id', name: 'archive-items', component: () => import('./ItemsPage.vue'), props: true, meta: { title: '逐件核定' } },
]
