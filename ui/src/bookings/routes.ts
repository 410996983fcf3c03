import type { RouteRecordRaw } from 'vue-router'
import type { Me } from '@/lib/types'

const worker = (me: Me) => !me.admin.length

export const routes: RouteRecordRaw[] = [
  { path: '/bookings', name: 'bookings', component: () => import('./BookingsPage.vue'), meta: { title: '预订一览', place: { group: '后勤', name: '预订一览', order: 480, when: worker } } },
  { path: '/stock', name: 'stock', component: () => import('./StockPage.vue'), meta: { title: '库存一览', place: { group: '后勤', name: '库存一览', order: 481, when: worker } } },
]
