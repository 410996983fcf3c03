// Package secrecy guards the networked system against state secrets: it knows how carriers are marked and finds the
// marks in text. It does not judge content. Invariant: text with a mark is refused wherever it would be stored.
package secrecy

import (
	"regexp"
	"slices"
	"strings"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// mark is a level with the star that only a marked carrier bears, as 机密★1年 (GB/T 9704-2012 7.2.2, SEC-09).
var mark = regexp.MustCompile(`(绝\s*密|机\s*密|秘\s*密)\s*★`)

// Marks lists the secrecy marks found in a text, each once.
func Marks(text string) []string {
	if !strings.ContainsRune(text, '★') {
		return nil
	}
	var out []string
	for _, m := range mark.FindAllString(text, -1) {
		m = strings.Join(strings.Fields(m), "")
		if !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	return out
}

// Refuse is the guard at the one door.
func Refuse(text string) []errs.Reason {
	if marks := Marks(text); len(marks) > 0 {
		return []errs.Reason{{
			Text: "内容中有国家秘密标志“" + strings.Join(marks, "、") + "”，不得录入本系统；涉密事项只在涉密载体台账登记编号", Clause: "SEC-09",
		}}
	}
	return nil
}
