/// <reference types="vite/client" />
import 'vue-router'
import type { Me } from './lib/types'

declare module 'vue-router' {
  interface RouteMeta {
    // title stands in the window's title and at the head of the phone page.
    title?: string
    // open pages are shown without logging in and without the shell.
    open?: boolean
    // place is where the page stands in the list of places at the left, and for whom.
    place?: { group: string; name: string; order: number; when?: (me: Me) => boolean }
  }
}
