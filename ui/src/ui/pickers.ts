import { defineAsyncComponent, h, type Component } from 'vue'

// The pickers are heavy and fetched when a form first needs one. Until one is there its place is kept, so that nothing
// moves under the hands of whoever began to fill in the rest.
const place = () => h('span', { class: 'input', style: 'display: block', 'aria-hidden': 'true' })
const loaders: (() => Promise<unknown>)[] = []

function kept<T extends Component>(loader: () => Promise<{ default: T }>): T {
  loaders.push(loader)
  return defineAsyncComponent({ loader: loader as () => Promise<{ default: Component }>, loadingComponent: place, delay: 0 }) as unknown as T
}

export const DatePick = kept(() => import('./DatePick.vue'))
export const MatterPicker = kept(() => import('./MatterPicker.vue'))
export const PersonPicker = kept(() => import('./PersonPicker.vue'))
export const UnitPicker = kept(() => import('./UnitPicker.vue'))

// warmPickers fetches them when the desk stands and nobody waits for anything.
export function warmPickers() {
  setTimeout(() => loaders.forEach((load) => void load().catch(() => {})), 3000)
}
