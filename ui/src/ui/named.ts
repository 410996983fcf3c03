// named lists people in a narrow place: where there are many, the first ones tell whom to ask.
export function named(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 2).join('、')}等 ${names.length} 人` : names.join('、')
}
