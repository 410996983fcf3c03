// Package secrecy guards the networked system against state secrets: it knows how carriers are marked and finds the
// marks in text, and it keeps titles out of the lines that speak of carriers. It does not judge content. Invariant: text
// with a mark is refused wherever it would be stored; where a level is given, only numbers and names are.
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

// Levels are the levels of state secrets, from the lowest on (SEC-01).
var Levels = []string{"秘密", "机密", "绝密"}

// State tells whether a level is one of state secrets; 内部 and 无 are not.
func State(level string) bool { return slices.Contains(Levels, level) }

// longest is the longest text beside a level: a number, a name, a place, a few words of consent.
const longest = 60

// title is how a document calls itself: in title marks, or 关于 … with the word for its kind.
var title = regexp.MustCompile(`[《》]|关于.{2,}(决议|决定|命令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|方案|规划|计划|预案|情况|办法|规定|讲话)`)

// Refuse is the guard at the one door. A matter that bears a level, or whose book holds numbers only, takes no titles
// and no long text: a chosen level is no secret, what it stands beside would be (SEC-31, SEC-35).
func Refuse(text, level string, numbersOnly bool) []errs.Reason {
	if marks := Marks(text); len(marks) > 0 {
		return []errs.Reason{{
			Text: "内容中有国家秘密标志“" + strings.Join(marks, "、") + "”，不得录入本系统；涉密事项只在涉密载体台账登记编号", Clause: "SEC-09",
		}}
	}
	if !numbersOnly && !State(level) {
		return nil
	}
	switch {
	case title.MatchString(text):
		return []errs.Reason{{Text: "涉密的只登编号，标题和内容不得录入本系统：请删去“" + head(text) + "”", Clause: "SEC-31"}}
	case len([]rune(text)) > longest:
		return []errs.Reason{{Text: "涉密的只登编号，这里不写长文字：请把“" + head(text) + "…”改为编号或几个字", Clause: "SEC-31"}}
	}
	return nil
}

// head is the beginning of a text, enough to find it again on the form.
func head(text string) string {
	r := []rune(text)
	return string(r[:min(len(r), 12)])
}
