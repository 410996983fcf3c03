package engine

import (
	"fmt"
	"slices"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/file"
	"github.com/chengqi-oa/chengqi/internal/record/watermark"
)

// A work secret (工作秘密, SEC-38) is marked by a flag of its own, which the definition names beside the level. The mark is
// kept with the matter, so that every list can show it, and whoever gives out its papers knows to watermark them and to write
// down who took them. What a kind must not do with one (send it by wire, publish it) its definition refuses by checks.

// workSecret proves that the mark is no level: a work secret bears none.
func (v *prover) workSecret() {
	if f := v.p.Field(v.p.Secrecy); f != nil && slices.Contains(f.Options, gongwen.WorkSecretMark) {
		v.fault("fields."+f.Key, "工作秘密不是密级，不能列在“%s”里：另设一个是否（flag）字段，在开头用 work_secret 指明（SEC-38）", f.Name)
	}
}

// watermarkable refuses new files that could not be given out again because they cannot carry a watermark. What was there
// before the matter was marked stays; it is refused when somebody asks for it.
func (c *Case) watermarkable(tx *db.Tx) error {
	p := c.Procedure
	if marked, _ := c.Matter.Fields[p.WorkSecret].(bool); !marked {
		return nil
	}
	var reasons []errs.Reason
	for i := range p.Fields {
		f := &p.Fields[i]
		if f.Type != File && f.Type != Files {
			continue
		}
		for _, id := range IDs(c.Input[f.Key]) {
			got, err := file.Get(tx, id)
			if err != nil {
				return err
			}
			if got != nil && got.Matter == 0 && !watermark.Carries(got.Mime) {
				reasons = append(reasons, errs.Reason{
					Text: fmt.Sprintf("“%s”打不上水印，不能放进工作秘密件；请转成 PDF 再上传", got.Name), Clause: "SEC-38", Field: f.Key,
				})
			}
		}
	}
	if len(reasons) > 0 {
		return errs.Refuse("“"+c.Action.Name+"”没有办成", reasons...)
	}
	return nil
}
