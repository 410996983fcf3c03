package secret_test

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"

	"github.com/chengqi-oa/chengqi/internal/base/secret"
)

func Test封了的只有同一把密钥为同一用途打得开(t *testing.T) {
	key, other := secret.New(), secret.New()
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOf(rapid.Byte()).Draw(t, "内容")
		sealed := key.Seal("甲", plain)
		if got, err := key.Open("甲", sealed); err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("打不开：%v", err)
		}
		if _, err := key.Open("乙", sealed); err == nil {
			t.Fatal("换了用途也打开了")
		}
		if _, err := other.Open("甲", sealed); err == nil {
			t.Fatal("换了密钥也打开了")
		}
		cut := rapid.IntRange(0, len(sealed)-1).Draw(t, "截到")
		if _, err := key.Open("甲", sealed[:cut]); err == nil {
			t.Fatal("截短了也打开了")
		}
	})
	again, err := secret.Parse(key.Text())
	if err != nil || again.Mark() != key.Mark() || other.Mark() == key.Mark() {
		t.Errorf("密钥写出来读不回去：%v", err)
	}
}
