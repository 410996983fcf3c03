import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/directory', name: 'directory', component: () => import('./DirectoryPage.vue'), meta: { title: '通讯录', place: { group: '查考', name: '通讯录', order: 530 } } },
]
