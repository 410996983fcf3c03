import { createApp } from 'vue'
import App from './App.vue'
import './style/tokens.css'
import './style/base.css'
import { whenLoggedOut } from './lib/http'
import { forget } from './lib/session'
import { router } from './routes'

whenLoggedOut(() => {
  forget()
  const here = router.currentRoute.value
  if (!here.meta.open) void router.push({ name: 'login', query: { then: here.fullPath } })
})

createApp(App).use(router).mount('#app')
