package stories_test

import (
	"errors"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

func splitReasons(err error) []string {
	var e *errs.Error
	if !errors.As(err, &e) || len(e.Reasons) == 0 {
		return []string{err.Error()}
	}
	var out []string
	for _, r := range e.Reasons {
		out = append(out, r.Text)
	}
	return out
}
