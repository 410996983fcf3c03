package engine

import "maps"

// Row 行 is one line of a table field.
type Row = map[string]any

// Rows copies a table out of the matter: what is altered in the copy alters nothing before SetRows, so what stood there
// before the action stays as it was.
func (m *Matter) Rows(field string) []Row {
	list, _ := m.Fields[field].([]any)
	out := make([]Row, 0, len(list))
	for _, e := range list {
		if r, ok := e.(Row); ok {
			out = append(out, maps.Clone(r))
		}
	}
	return out
}

// SetRows puts a table in; one without lines is no table.
func (m *Matter) SetRows(field string, rows []Row) { setList(m, field, rows) }

// Words reads a field that is a list of texts or of ids.
func (m *Matter) Words(field string) []string {
	list, _ := m.Fields[field].([]any)
	out := make([]string, 0, len(list))
	for _, e := range list {
		if s, ok := e.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// SetWords puts such a list in; an empty one is none.
func (m *Matter) SetWords(field string, words []string) { setList(m, field, words) }

func setList[T any](m *Matter, field string, of []T) {
	if len(of) == 0 {
		m.set(field, nil)
		return
	}
	list := make([]any, len(of))
	for i, e := range of {
		list[i] = e
	}
	m.set(field, list)
}

// TextIn reads a text, or an id, out of a line.
func TextIn(r Row, key string) string { s, _ := r[key].(string); return s }

// NumberIn reads a number out of a line; what is not there counts as none.
func NumberIn(r Row, key string) float64 { n, _ := r[key].(float64); return n }

// column finds a column of a table by key or returns nil.
func (f *Field) column(key string) *Field {
	for i := range f.Columns {
		if f.Columns[i].Key == key {
			return &f.Columns[i]
		}
	}
	return nil
}

func (f *Field) columnKeys() []string {
	keys := make([]string, len(f.Columns))
	for i := range f.Columns {
		keys[i] = f.Columns[i].Key
	}
	return keys
}
