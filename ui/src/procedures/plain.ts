// plain says who acts, or by when, without the conditions a definition puts on it: 若甲时乙，否则丙 becomes 乙或丙. Whoever begins
// a matter wants to know where it may go; the conditions stand on the page of the procedure.
const condition = /^若.*?时(?![限刻间段效候])/

export function plain(text: string): string {
  if (!text.includes('若')) return text
  const all = [...new Set(text.split('，否则').map((part) => part.replace(condition, '')))]
  return all.length > 1 ? `${all.slice(0, -1).join('、')}或${all[all.length - 1]}` : all[0]!
}
