package api

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// What huma refuses before an operation is asked (malformed input) reaches the user in the office's own words: this is
// the one place where its English is read, and none of it is passed on.
func init() {
	huma.NewError = malformed
	huma.NewErrorWithContext = func(ctx huma.Context, status int, message string, details ...error) huma.StatusError {
		tooMuch := func(e error) bool { return strings.Contains(e.Error(), (&http.MaxBytesError{}).Error()) } // huma keeps the words only
		if status == http.StatusRequestEntityTooLarge || slices.ContainsFunc(details, tooMuch) {
			return tooLarge(ctx.Operation())
		}
		return malformed(status, message, details...)
	}
}

// formRoom is what a form has around the file that is sent with it.
const formRoom = 1 << 20

// tooLarge says how much an operation takes: of a file, or of what is filled in.
func tooLarge(op *huma.Operation) *problem {
	p := &problem{Type: "about:blank", Status: http.StatusRequestEntityTooLarge}
	p.Title = http.StatusText(p.Status)
	p.Detail = fmt.Sprintf("所填内容超过 %d MB，没有收下，请删减或改为附件后再试", op.MaxBodyBytes>>20)
	if op.RequestBody != nil && op.RequestBody.Content["multipart/form-data"] != nil {
		p.Detail = fmt.Sprintf("文件超过 %d MB，没有上传，请压缩或分开上传", (op.MaxBodyBytes-formRoom)>>20)
	}
	return p
}

// malformed 格式不对 is the problem that huma's refusal becomes. An address that cannot be one of ours is a page that
// does not exist; of a body, every value that does not fit is named with its field.
func malformed(status int, message string, details ...error) huma.StatusError {
	p := &problem{Type: "about:blank", Status: status, Detail: sayingOf(status, message)}
	for _, d := range details {
		reason := errs.Reason{Text: "格式不对：" + inChinese(d.Error())}
		var where *huma.ErrorDetail
		if errors.As(d, &where) {
			if strings.HasPrefix(where.Location, "path") {
				p.Status, p.Detail, p.Reasons = http.StatusNotFound, "没有这一页，地址可能输错了", nil
				break
			}
			reason = errs.Reason{Text: "格式不对：" + inChinese(where.Message), Field: fieldOf(where.Location)}
		}
		p.Reasons = append(p.Reasons, reason)
	}
	p.Title = http.StatusText(p.Status)
	return p
}

func fieldOf(location string) string {
	if _, field, found := strings.Cut(location, "."); found {
		return field
	}
	return ""
}

func sayingOf(status int, message string) string {
	switch {
	case status == http.StatusRequestTimeout:
		return "网络太慢，内容没有传完，请再试一次"
	case strings.Contains(message, "body is required"):
		return "没有收到所填内容，请再试一次"
	}
	return "所填内容格式不对，请检查后再试"
}

// wording is what one of huma's messages means to a user; ${1} is what the message says of the value.
type wording struct {
	english *regexp.Regexp
	chinese string
}

var wordings = func() []wording {
	var out []wording
	for _, w := range [][2]string{
		{`expected length >= (\d+)`, "至少要${1}个字"},
		{`expected length <= (\d+)`, "最多${1}个字"},
		{`expected array length >= (\d+)`, "至少要${1}项"},
		{`expected array length <= (\d+)`, "最多${1}项"},
		{`expected number >= (\S+)`, "不能小于${1}"},
		{`expected number > (\S+)`, "要大于${1}"},
		{`expected number <= (\S+)`, "不能大于${1}"},
		{`expected number < (\S+)`, "要小于${1}"},
		{`expected number to be a multiple of (\S+)`, "要是${1}的倍数"},
		{`expected value to be one of`, "不在可选的几项之内"},
		{`expected array items to be unique`, "有重复的项"},
		{`expected required property`, "有一项必填的没有填"},
		{`required .* parameter is missing`, "有一项必填的没有填"},
		{`unexpected property`, "多出了系统不认识的一项"},
		{`date|time`, "应为日期或时间"},
		{`integer`, "应为整数"},
		{`number|float`, "应为数字"},
		{`boolean`, "应为是或否"},
		{`expected (array|object)|unmarshal|unexpected end|invalid character`, "内容的写法不对"},
		{`match pattern|to be |expected string`, "写法不对"},
	} {
		out = append(out, wording{regexp.MustCompile(w[0]), w[1]})
	}
	return out
}()

// inChinese gives the meaning of huma's message; of one that it does not know only that the value does not fit.
func inChinese(message string) string {
	for _, w := range wordings {
		if at := w.english.FindStringSubmatchIndex(message); at != nil {
			return string(w.english.ExpandString(nil, w.chinese, message, at))
		}
	}
	return "请检查所填内容"
}
