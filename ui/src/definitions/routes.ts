import type { RouteRecordRaw } from 'vue-router'
import type { Me } from '@/lib/types'

const system = (me: Me) => me.admin.includes('system')

export const routes: RouteRecordRaw[] = [
  { path: '/admin/definitions', name: 'definitions', component: () => import('./DefinitionsPage.vue'), meta: { title: '办理程序定义', place: { group: '系统管理', name: '办理程序定义', order: 640, when: system } } },
  { path: '/admin/definitions/:kind', name: 'definition', component: () => import('./DefinitionPage.vue'), props: true, meta: { title: '办理程序定义' } },
]
