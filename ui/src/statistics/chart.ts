import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use, type EChartsType } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

// Only what the page draws with is taken in, and this file is fetched only with the page. SVG: sharp at any
// enlargement and on paper.
use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer])

export function open(box: HTMLElement): EChartsType { return init(box, null, { renderer: 'svg' }) }
export type { EChartsType }

// ink reads the colours of the page, so that charts follow the dark mode.
export function ink() {
  const style = getComputedStyle(document.documentElement)
  const of = (name: string) => style.getPropertyValue(name).trim()
  return { ink: of('--ink'), soft: of('--ink-3'), line: of('--line'), strong: of('--line-strong'), red: of('--red'), paper: of('--paper'), green: of('--green'), amber: of('--amber'), size: parseFloat(style.fontSize), font: getComputedStyle(document.body).fontFamily }
}
