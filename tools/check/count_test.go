package main

import (
	"context"
	"testing"
)

func Test_各家测试程序的结尾都数得对(t *testing.T) {
	cases := []struct {
		name                    string
		count                   counter
		lines                   []string
		passed, failed, skipped int
	}{
		{"vitest", countVitest, []string{" Test Files  2 passed (2)\n", "      Tests  1 failed | 41 passed | 3 skipped (45)\n"}, 41, 1, 3},
		{"node", countNode, []string{"✔ 一件来文\n", "ℹ tests 5\n", "ℹ pass 3\n", "ℹ fail 1\n", "ℹ cancelled 1\n", "ℹ skipped 0\n"}, 3, 2, 0},
		{"go", goCounter(), []string{
			`{"Action":"pass","Package":"p","Test":"A"}` + "\n", `{"Action":"skip","Package":"p","Test":"B"}` + "\n",
			`{"Action":"fail","Package":"p","Test":"C"}` + "\n", `{"Action":"fail","Package":"p"}` + "\n",
			`{"Action":"fail","Package":"q"}` + "\n", // it did not build
		}, 1, 2, 1},
	}
	for _, c := range cases {
		r := newRun(context.Background())
		for _, line := range c.lines {
			c.count(r, []byte(line))
		}
		if r.passed != c.passed || r.failed != c.failed || r.skipped != c.skipped {
			t.Errorf("%s：数成 %d 过、%d 不过、%d 跳过", c.name, r.passed, r.failed, r.skipped)
		}
	}
}

func Test_没有通过的步骤一定算一个不过(t *testing.T) {
	r := newRun(context.Background())
	r.step(&step{title: "成", args: []string{"true"}, limit: 1e10})
	r.step(&step{title: "不成", args: []string{"false"}, limit: 1e10})
	r.step(&step{title: "太慢", args: []string{"sleep", "30"}, limit: 1e8})
	r.step(&step{title: "没有这个程序", args: []string{"no-such-program-here"}, limit: 1e10})
	if r.passed != 1 || r.failed != 3 || len(r.broken) != 3 {
		t.Errorf("%d 过、%d 不过：%v", r.passed, r.failed, r.broken)
	}
}
