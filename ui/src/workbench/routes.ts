import type { RouteRecordRaw } from 'vue-router'
import type { Me } from '@/lib/types'

// The three administrators do no office work (OA-27).
const worker = (me: Me) => !me.admin.length

export const routes: RouteRecordRaw[] = [
  { path: '/', name: 'workbench', component: () => import('./WorkbenchPage.vue'), meta: { title: '工作台', place: { group: '', name: '工作台', order: 1, when: worker } } },
  { path: '/tasks/todo', name: 'todo', component: () => import('./TasksPage.vue'), props: { box: 'todo' }, meta: { title: '待办', place: { group: '', name: '待办', order: 2, when: worker } } },
  { path: '/tasks/reading', name: 'reading', component: () => import('./TasksPage.vue'), props: { box: 'reading' }, meta: { title: '待阅', place: { group: '', name: '待阅', order: 3, when: worker } } },
  { path: '/tasks/waiting', name: 'waiting', component: () => import('./TasksPage.vue'), props: { box: 'waiting' }, meta: { title: '在办', place: { group: '', name: '在办', order: 4, when: worker } } },
  { path: '/tasks/led', name: 'led', component: () => import('./TasksPage.vue'), props: { box: 'led' }, meta: { title: '分管岗位待办', place: { group: '', name: '分管岗位', order: 5.5, when: (me) => me.leads } } },
  { path: '/tasks/done', name: 'done', component: () => import('./TasksPage.vue'), props: { box: 'done' }, meta: { title: '已办', place: { group: '', name: '已办', order: 5, when: worker } } },
]
