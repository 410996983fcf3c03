package outgoing

import (
	"fmt"
	"strings"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// parts are the pieces of a document a leader signs for, in the order they are read.
var parts = []struct{ key, name string }{
	{"title", "标题"}, {"recipients", "主送机关"}, {"body", "正文"}, {"attachment_names", "附件名称"}, {"copies_to", "抄送机关"}, {"annotation", "附注"},
}

// sign keeps the text as it is at this moment: it is the text that was signed.
func sign(_ *db.Tx, c *engine.Case, _ string) error {
	var table []row
	for _, p := range parts {
		if s := c.Text(p.key); s != "" {
			table = append(table, row{"part": p.key, "text": s})
		}
	}
	c.Matter.SetRows("signed_text", table)
	return nil
}

// signedPart is what a part said when it was signed.
func signedPart(m *engine.Matter, key string) string {
	for _, r := range m.Rows("signed_text") {
		if engine.TextIn(r, "part") == key {
			return engine.TextIn(r, "text")
		}
	}
	return ""
}

// unchanged refuses to go on with a text that is not the signed one (DOC-CHK-07, DOC-OUT-30).
func unchanged(_ *db.Tx, c *engine.Case, _ string) ([]errs.Reason, error) {
	if len(c.Matter.Rows("signed_text")) == 0 {
		return []errs.Reason{{Text: "还没有领导签发的文稿", Clause: "DOC-OUT-30"}}, nil
	}
	var reasons []errs.Reason
	for _, p := range parts {
		if signedPart(c.Matter, p.key) != c.Text(p.key) {
			reasons = append(reasons, errs.Reason{Text: fmt.Sprintf("签发后改动了%s，要退原签发领导复审", p.name), Clause: "DOC-CHK-07", Field: p.key})
		}
	}
	return reasons, nil
}

// compare sets the signed text against the present one and keeps every difference for the leader's eyes.
func compare(_ *db.Tx, c *engine.Case, _ string) error {
	var table []row
	for _, p := range parts {
		before, after := signedPart(c.Matter, p.key), c.Text(p.key)
		if before == after {
			continue
		}
		if p.key != "body" {
			table = append(table, row{"place": p.name, "before": before, "after": after})
			continue
		}
		table = append(table, paragraphs(before, after)...)
	}
	if len(table) == 0 {
		return errs.Refuse("没有修改", errs.Reason{Text: "文稿和签发时一字不差，不用送复审", Clause: "DOC-CHK-07", Field: "body"})
	}
	c.Matter.SetRows("changes", table)
	return nil
}

// paragraphs finds the changed paragraphs of a body: equal ones are matched in order (longest common subsequence), and
// what stands between two matches is one change.
func paragraphs(before, after string) []row {
	a, b := strings.Split(before, "\n"), strings.Split(after, "\n")
	common := make([][]int, len(a)+1)
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	var out []row
	var was, is []string
	at := 0
	flush := func() {
		if len(was)+len(is) > 0 {
			out = append(out, row{"place": fmt.Sprintf("正文第%d段", at+1), "before": strings.Join(was, "\n"), "after": strings.Join(is, "\n")})
		}
		was, is = nil, nil
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			flush()
			i, j = i+1, j+1
			at = i
		case i < len(a) && (j == len(b) || common[i+1][j] >= common[i][j+1]):
			was = append(was, a[i])
			i++
		default:
			is = append(is, b[j])
			j++
		}
	}
	flush()
	return out
}

// reviewed carries out what the signer said of the changes: agreed, they are the signed text from now on; refused,
// the signed text stands again; to be revised, the draft goes back to the reviewers as it is.
func reviewed(tx *db.Tx, c *engine.Case, _ string) error {
	verdict := ""
	if c.Child != nil {
		verdict, _ = c.Child.Fields["verdict"].(string)
	}
	switch verdict {
	case "同意":
		return sign(tx, c, "")
	case "不同意":
		for _, p := range parts {
			if s := signedPart(c.Matter, p.key); s != "" {
				c.Matter.Fields[p.key] = s
			} else {
				delete(c.Matter.Fields, p.key)
			}
		}
	}
	return nil
}
