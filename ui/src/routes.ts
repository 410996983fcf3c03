import { shallowRef } from 'vue'
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { answers, untilBack } from './lib/reach'
import { whoAmI } from './lib/session'
import type { Me } from './lib/types'

// Every folder of pages names its own; one line, one page. Pages are fetched when first opened.
const folders = import.meta.glob<RouteRecordRaw[]>('./*/routes.ts', { eager: true, import: 'routes' })

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    ...Object.values(folders).flat(),
    { path: '/:lost(.*)*', name: 'lost', component: () => import('./shell/LostPage.vue'), meta: { title: '没有这一页' } },
  ],
  scrollBehavior: (to, from, saved) => (saved ? whenTall(saved) : to.path !== from.path && { top: 0 }),
})

// trouble is why it could not be found out who sits here: then no page can be shown.
export const trouble = shallowRef<unknown>(null)

// Coming back, one stands where one left; what stood there is only just being fetched.
async function whenTall(place: { left: number; top: number }) {
  const until = Date.now() + 1500
  while (document.documentElement.scrollHeight < place.top + innerHeight && Date.now() < until) await new Promise(requestAnimationFrame)
  return place
}

router.beforeEach(async (to) => {
  if (to.meta.open) return true
  const me = await whoAmI().catch((e) => { trouble.value = e; return undefined })
  if (me === null) return { name: 'login', query: to.fullPath === '/' ? {} : { then: to.fullPath } }
  if (me?.must_change_password && to.name !== 'password') return { name: 'password' }
  if (me?.must_enrol && !me.must_change_password && to.name !== 'own-security') return { name: 'own-security' }
  if (me && to.meta.place?.when && !to.meta.place.when(me)) return deskOf(me)
  return true
})

// Each of the three administrators has a desk of their own (OA-27): the first place that is theirs.
function deskOf(me: Me) {
  const mine = router.getRoutes().filter((r) => r.meta.place?.when?.(me)).sort((a, b) => a.meta.place!.order - b.meta.place!.order)[0]
  return mine ? mine.path : { name: 'lost', params: { lost: ['-'] } }
}

// A page that could not be fetched: the server is away, or it was upgraded meanwhile and has another in its place. Either way
// the address is opened anew once the server answers; what was being written is kept as a draft. Not twice in a row.
router.onError(async (_e, to) => {
  const last = Number(sessionStorage.getItem('opened-anew') ?? 0)
  if (Date.now() - last < 20_000) return
  sessionStorage.setItem('opened-anew', String(Date.now()))
  if (!await answers()) await untilBack()
  location.assign(to.fullPath)
})

router.afterEach((to) => { document.title = to.meta.title ? `${to.meta.title} · 承启` : '承启' })
