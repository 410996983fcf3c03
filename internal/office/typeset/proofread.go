package typeset

import (
	"fmt"

	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/gongwen/layout"
	"github.com/chengqi-oa/chengqi/gongwen/lint"
	"github.com/chengqi-oa/chengqi/gongwen/lint/finished"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// Answers is the table field in which a reviewer answers what the check found: one row a finding, with the reason why
// it may stand.
const Answers = "lint_answers"

// Faults are the errors in a matter's document as it stands.
func Faults(fields map[string]any, number string, w engine.World) []lint.Finding {
	doc := Document(fields, number, w)
	pages := layout.Lay(doc, font.Embedded(), layout.Options{})
	var out []lint.Finding
	for _, f := range lint.Check(doc, lint.Options{WorkSecret: doc.WorkSecret, Geometry: finished.Of(doc, pages)}) {
		if f.Severity == lint.Error {
			out = append(out, f)
		}
	}
	return out
}

// name is what an answer refers to: the rule and the words it found, which stay the same while the text does.
func name(f lint.Finding) string { return f.ID + " " + f.Place.String() + " " + f.Text }

func proofread(_ *db.Tx, c *engine.Case, _ string) error {
	answered := answers(c.Matter.Fields[Answers])
	var reasons []errs.Reason
	for _, f := range Faults(c.Matter.Fields, c.Matter.Number, c.World) {
		if answered[name(f)] == "" {
			reasons = append(reasons, errs.Reason{
				Text: fmt.Sprintf("%s：%s（%s，%s）。请退改，或在核校答复中写明保留的理由", f.Place, f.Message, f.ID, f.Basis), Clause: "DOC-OUT-21", Field: Answers,
			})
		}
	}
	if len(reasons) > 0 {
		return errs.Refuse("文稿还有没有答复的差错", reasons...)
	}
	return nil
}

func answers(v any) map[string]string {
	out := map[string]string{}
	rows, _ := v.([]any)
	for _, r := range rows {
		row, _ := r.(map[string]any)
		finding, _ := row["finding"].(string)
		reason, _ := row["reason"].(string)
		out[finding] = reason
	}
	return out
}

// fill lists the faults for the reviewer to answer, keeping what was answered before.
func fill(c *engine.Case, _ string) map[string]any {
	answered := answers(c.Matter.Fields[Answers])
	rows := []any{}
	for _, f := range Faults(c.Matter.Fields, c.Matter.Number, c.World) {
		rows = append(rows, map[string]any{"finding": name(f), "message": f.Message, "reason": answered[name(f)]})
	}
	return map[string]any{Answers: rows}
}
