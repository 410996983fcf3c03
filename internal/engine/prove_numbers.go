package engine

import "slices"

// shortText is the longest text a ledger of numbers takes: a number, a name, a place.
const shortText = 60

// numbersOnly proves that a ledger of carriers has no place for what they say: no long text, no file, a title that the
// system writes, and texts no longer than a number or a name (SEC-31, SEC-35).
func (v *prover) numbersOnly() {
	if !v.p.NumbersOnly {
		return
	}
	if f := v.p.Field(v.p.Title); f != nil && !f.Hidden {
		v.fault("title", "只登编号的台账，标题由系统写，不能填写：字段“%s”要写 hidden", f.Name)
	}
	v.shortOnly("fields", v.p.Fields)
}

func (v *prover) shortOnly(path string, fields []Field) {
	for i := range fields {
		f := &fields[i]
		at := path + "." + f.Key
		if f.Transient {
			continue // not kept; the guard at the door holds it to the same
		}
		switch {
		case slices.Contains([]Type{LongText, Body, File, Files}, f.Type):
			v.fault(at, "只登编号的台账不能有长文字和文件：字段“%s”", f.Name)
		case f.Type == Text && !f.Hidden && (f.Max == 0 || f.Max > shortText) || f.AlsoAny && f.Options != nil:
			v.fault(at, "只登编号的台账，文字最多 %d 字，选项不能另写：字段“%s”", shortText, f.Name)
		}
		v.shortOnly(at+".columns", f.Columns)
	}
}
