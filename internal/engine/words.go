package engine

import (
	"reflect"
	"slices"
	"strings"
)

// Word 定义用词 is a word a definition may use, for completion in the editor.
type Word struct {
	Word string `json:"word"`
	Of   string `json:"of"` // procedure, field, step, action, check, column, sheet, expression, type, target
}

// Words lists every word of the definition language, taken from the structs that read it.
func Words() []Word {
	var out []Word
	for of, v := range map[string]any{
		"procedure": Procedure{}, "field": Field{}, "step": Step{}, "action": Action{}, "check": Check{}, "column": Column{},
		"sheet": Sheet{}, "tally": Tally{}, "rate": Rate{}, "begin": Begin{}, "register": Register{}, "book": Book{}, "number": Number{},
	} {
		t := reflect.TypeOf(v)
		for i := range t.NumField() {
			if tag := t.Field(i).Tag.Get("yaml"); tag != "" && tag != "-" {
				out = append(out, Word{tag, of})
			}
		}
	}
	for word := range (&Procedure{}).sampleScope() {
		out = append(out, Word{word, "expression"})
	}
	for _, t := range knownTypes {
		out = append(out, Word{string(t), "type"})
	}
	for _, t := range freeTargets {
		out = append(out, Word{t, "target"})
	}
	slices.SortFunc(out, func(a, b Word) int {
		if a.Of != b.Of {
			return strings.Compare(a.Of, b.Of)
		}
		return strings.Compare(a.Word, b.Word)
	})
	return out
}
