import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/login', name: 'login', component: () => import('./LoginPage.vue'), meta: { title: '登录', open: true } },
  { path: '/password', name: 'password', component: () => import('./PasswordPage.vue'), meta: { title: '修改密码' } },
  { path: '/security', name: 'own-security', component: () => import('./SecurityPage.vue'), meta: { title: '登录安全' } },
]
