import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/refusals', name: 'refusals', component: () => import('./RefusalsPage.vue'), meta: { title: '拦截记录', place: { group: '保密', name: '拦截记录', order: 460, when: (me) => me.duties.includes('secrecy-officer') } } },
]
