import { createApp } from 'vue'
import App from './App.vue'
import './style/tokens.css'
import './style/base.css'
import { whenLoggedOut } from './lib/http'
import { forget, locked, useSession } from './lib/session'
import { router } from './routes'

const { state } = useSession()
whenLoggedOut(() => {
  // Whoever was working goes on where they were after giving the password; nothing on the page is lost.
  if (state.me) {
    locked.value = true
    return
  }
  forget()
  const here = router.currentRoute.value
  if (!here.meta.open) void router.push({ name: 'login', query: { then: here.fullPath } })
})

// A file let go beside its place must not take the page away and open itself instead.
for (const kind of ['dragover', 'drop'] as const) addEventListener(kind, (e) => { if (e.dataTransfer?.types.includes('Files')) e.preventDefault() })

createApp(App).use(router).mount('#app')
