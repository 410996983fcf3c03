// deviceText says in the office's words what a browser calls itself: “Edge，Windows”. What is not known is said to be so.
const browsers: [RegExp, string][] = [
  [/Edg\//, 'Edge'], [/QAXBrowser|Qaxbrowser/i, '奇安信浏览器'], [/QIHU|360(SE|EE)/i, '360 浏览器'], [/MicroMessenger/, '微信'], [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'], [/Safari\//, 'Safari'],
]
const systems: [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, '鸿蒙'], [/Android/, '安卓手机'], [/iPhone/, 'iPhone'], [/iPad/, 'iPad'], [/Windows/, 'Windows'], [/UOS|Uniontech/i, '统信'],
  [/Kylin/i, '麒麟'], [/Mac OS X/, 'Mac'], [/Linux/, 'Linux'],
]

export function deviceText(agent: string): string {
  const found = [browsers, systems].map((list) => list.find(([mark]) => mark.test(agent))?.[1]).filter(Boolean)
  return found.join('，') || '未知设备'
}
