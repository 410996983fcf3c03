import type { RouteRecordRaw } from 'vue-router'
import type { Me } from '@/lib/types'

// Three administrators, none of whom can do another's work (OA-27): each sees only the pages of their own.
const only = (who: Me['admin'][number]) => (me: Me) => me.admin.includes(who)
const place = (name: string, order: number, who: Me['admin'][number]) => ({ title: name, place: { group: '系统管理', name, order, when: only(who) } })

export const routes: RouteRecordRaw[] = [
  { path: '/admin/people', name: 'admin-people', component: () => import('./PeoplePage.vue'), meta: place('人员', 610, 'system') },
  { path: '/admin/units', name: 'admin-units', component: () => import('./UnitsPage.vue'), meta: place('科室', 611, 'system') },
  { path: '/admin/posts', name: 'admin-posts', component: () => import('./PostsPage.vue'), meta: place('岗位', 612, 'system') },
  { path: '/admin/calendar', name: 'admin-calendar', component: () => import('./CalendarPage.vue'), meta: place('工作日历', 613, 'system') },
  { path: '/admin/backups', name: 'admin-backups', component: () => import('./BackupsPage.vue'), meta: place('备份', 614, 'system') },
  { path: '/admin/clear-sample', name: 'clear-sample', component: () => import('./ClearSamplePage.vue'), meta: { title: '清空样例，建立本单位', place: { group: '系统管理', name: '清空样例', order: 645, when: (me) => me.sample && me.admin.includes('system') } } },
  { path: '/admin/divisions', name: 'admin-divisions', component: () => import('./DivisionsPage.vue'), meta: place('领导分工', 620, 'security') },
  { path: '/admin/duties', name: 'admin-duties', component: () => import('./DutiesPage.vue'), meta: place('岗位职责', 621, 'security') },
  { path: '/admin/sign-in', name: 'admin-sign-in', component: () => import('./SignInPage.vue'), meta: place('登录规定', 622, 'security') },
  { path: '/admin/log', name: 'admin-log', component: () => import('./LogPage.vue'), meta: place('操作日志', 630, 'audit') },
]
