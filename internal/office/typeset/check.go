package typeset

import (
	"fmt"

	"github.com/chengqi-oa/chengqi/gongwen/lint"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/file"
)

// Effects are the named effects of the room; what it issues goes into the store of files.
func Effects(files file.Store) map[string]engine.Effect {
	return map[string]engine.Effect{
		"document-check": {Act: check},
		"issued-record":  {Act: record{files}.issue, Sets: []string{Issued}},
		"proofread":      {Act: proofread, Fill: fill, Sets: []string{Answers}},
	}
}

// reasonField is where a drafter or reviewer says why a text is right in spite of the checker.
const reasonField = "keep_reason"

// check holds a draft against the rules of writing when it is sent on (DOC-OUT-21): faults stop it unless somebody
// answers for the text as it stands; what is merely doubtful is shown beside the draft and stops nothing.
func check(_ *db.Tx, c *engine.Case, _ string) error {
	if c.Text(reasonField) != "" {
		return nil
	}
	var reasons []errs.Reason
	doc := Document(c.Matter.Fields, c.Matter.Number, c.World)
	for _, f := range lint.Check(doc, lint.Options{WorkSecret: doc.WorkSecret}) {
		if f.Severity != lint.Error {
			continue
		}
		text := fmt.Sprintf("%s：%s", f.Place, f.Message)
		if f.Text != "" {
			text = fmt.Sprintf("%s“%s”：%s", f.Place, f.Text, f.Message)
		}
		reasons = append(reasons, errs.Reason{Text: text, Clause: "DOC-OUT-21", Field: fieldOf(f.Place.Part)})
	}
	if len(reasons) > 0 {
		return errs.Refuse("文稿有差错，请改正；确属无误的写明理由", reasons...)
	}
	return nil
}

// fieldOf is the field of the form that a part of the document is typed into.
func fieldOf(part lint.Part) string {
	switch part {
	case lint.Title:
		return "title"
	case lint.Recipients:
		return "recipients"
	case lint.CopiesTo:
		return "copies_to"
	case lint.Note:
		return "annotation"
	case lint.AttachmentNote:
		return "attachment_names"
	}
	return "body"
}
