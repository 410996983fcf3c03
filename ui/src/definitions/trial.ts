import { dayText, momentText } from '@/lib/day'
import type { Field, Values } from '@/lib/types'

// trialText is what stands in a cell while a definition is being tried: the value typed into the form when the cell
// is simply a field, the name of the field when nothing was typed, and nothing for what only handling will bring.
export function trialText(expression: string, fields: Field[], values: Values): string {
  const key = expression.trim().match(/^(?:name\()?([a-z_][a-z0-9_]*)\)?$/i)?.[1] ?? ''
  const field = fields.find((f) => f.key === key)
  if (!field) return ''
  const v = values[key]
  if (v === null || v === undefined || v === '' || (Array.isArray(v) && !v.length)) return ''
  if (field.type === 'date') return dayText(String(v))
  if (field.type === 'datetime') return momentText(String(v))
  if (field.type === 'flag') return v === true ? '是' : ''
  if (['person', 'people', 'unit', 'units', 'issuer', 'issuers', 'matter', 'file', 'files'].includes(field.type)) return '（所选的）'
  if (Array.isArray(v)) return field.type === 'table' ? `${v.length}行` : v.join('、')
  return `${String(v)}${typeof v === 'number' && field.unit ? field.unit : ''}`
}
