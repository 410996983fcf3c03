package access

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/mozillazg/go-pinyin"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/rulebook"
)

// Policy 登录规定 are the figures of OA-28 and SEC-33 as the office has set them.
type Policy struct {
	Tries   int           // failures in a row that lock
	LockFor time.Duration // how long
	Idle    time.Duration // after which a session ends
	Age     time.Duration // after which a password must be changed; 0: never
	History int           // how many of the last passwords may not come back
	Length  int           // the least a password has
}

// model is what holds when a clause does not say, or not in figures.
var model = Policy{Tries: 5, LockFor: 30 * time.Minute, Idle: 15 * time.Minute, Age: 90 * 24 * time.Hour, History: 5, Length: 10}

// Policy reads the figures from the rulebook as it stands today.
func (d *Door) Policy() Policy {
	if d.Rules == nil {
		return model
	}
	return PolicyOf(d.Rules())
}

// PolicyOf reads the figures from a rulebook.
func PolicyOf(rules *rulebook.Rulebook) Policy {
	p := model
	read := func(clause, key string, into ...any) {
		text, ok := rules.Param(clause, key)
		if !ok {
			return
		}
		for i, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '，' || r == '、' }) {
			if i < len(into) {
				take(part, into[i])
			}
		}
	}
	read("OA-28", "lock", &p.Tries, &p.LockFor)
	read("OA-28", "idle", &p.Idle)
	read("SEC-33", "max_age", &p.Age)
	read("SEC-33", "history", &p.History)
	read("SEC-33", "min_len", &p.Length)
	return p
}

var figure = regexp.MustCompile(`^\s*(\d{1,5})\s*(\S*)\s*$`)

var lengths = map[string]time.Duration{
	"minutes": time.Minute, "minute": time.Minute, "分钟": time.Minute, "hours": time.Hour, "hour": time.Hour, "小时": time.Hour,
	"days": 24 * time.Hour, "day": 24 * time.Hour, "天": 24 * time.Hour, "日": 24 * time.Hour,
}

// take puts "30 minutes" into a duration, "5 tries" into a number. What it cannot read changes nothing.
func take(text string, into any) {
	m := figure.FindStringSubmatch(text)
	if m == nil {
		return
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		return
	}
	switch v := into.(type) {
	case *int:
		if n > 0 {
			*v = n
		}
	case *time.Duration:
		if unit, ok := lengths[m[2]]; ok && n > 0 {
			*v = time.Duration(n) * unit
		}
	}
}

// Weak lists what a password lacks (GB/T 22239-2019 8.1.4.1: complexity).
func (p Policy) Weak(password, username, name string) []errs.Reason {
	var reasons []errs.Reason
	say := func(format string, args ...any) {
		reasons = append(reasons, errs.Reason{Text: fmt.Sprintf(format, args...), Clause: "SEC-33", Field: "new"})
	}
	if n := len([]rune(password)); n < p.Length {
		say("密码至少 %d 位，现在 %d 位", p.Length, n)
	}
	classes := map[string]bool{}
	for _, r := range password {
		switch {
		case unicode.IsUpper(r):
			classes["upper"] = true
		case unicode.IsLower(r):
			classes["lower"] = true
		case unicode.IsDigit(r):
			classes["digit"] = true
		default:
			classes["other"] = true
		}
	}
	if len(classes) < 3 {
		say("大写字母、小写字母、数字、符号至少要有三种")
	}
	if username != "" && strings.Contains(strings.ToLower(password), strings.ToLower(username)) {
		say("密码中不要包含工号")
	}
	if spelled := spelling(name); name != "" && strings.Contains(password, name) ||
		len(spelled) >= 4 && strings.Contains(strings.ToLower(password), spelled) {
		say("密码中不要包含姓名或姓名的拼音")
	}
	return reasons
}

// spelling is a name as it is typed by its sounds, without marks and spaces.
func spelling(name string) string {
	return strings.Join(pinyin.LazyPinyin(name, pinyin.NewArgs()), "")
}
