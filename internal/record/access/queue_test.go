package access

import (
	"context"
	"errors"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

func Test走开的人不占着登录的队(t *testing.T) { // GB/T 22239-2019 8.1.4.4
	hash, err := Hash("Chengqi-2026")
	if err != nil {
		t.Fatal(err)
	}
	for range cap(hashing) {
		hashing <- struct{}{}
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	ok, err := matches(gone, "Chengqi-2026", hash)
	for range cap(hashing) {
		<-hashing
	}
	if ok || errs.KindOf(err) != errs.TooMany || !errors.Is(err, context.Canceled) {
		t.Errorf("排着队走开的：%v，%v", ok, err)
	}
	if ok, err := matches(t.Context(), "Chengqi-2026", hash); !ok || err != nil {
		t.Errorf("轮到的：%v，%v", ok, err)
	}
}
