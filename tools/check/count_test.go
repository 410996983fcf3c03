package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

func Test_各家测试程序的结尾都数得对(t *testing.T) {
	cases := []struct {
		name                    string
		count                   counter
		lines                   []string
		passed, failed, skipped int
	}{
		{"vitest", vitestCounter(), []string{" Test Files  2 passed (2)\n", "      Tests  1 failed | 41 passed | 3 skipped (45)\n"}, 41, 1, 3},
		{"node", nodeCounter(), []string{"✔ 一件来文\n", "ℹ tests 5\n", "ℹ pass 3\n", "ℹ fail 1\n", "ℹ cancelled 1\n", "ℹ skipped 0\n"}, 3, 2, 0},
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

// What each program says of what failed, as it says it.
const (
	vitestSays = ` ❯ src/zz/z.test.ts (2 tests | 1 failed) 7ms
⎯⎯⎯⎯⎯⎯⎯ Failed Tests 1 ⎯⎯⎯⎯⎯⎯⎯

` + "\x1b[41m" + ` FAIL ` + "\x1b[49m" + ` src/zz/z.test.ts > 外 > 坏的
AssertionError: expected 1 to be 2 // Object.is equality

⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯[1/1]⎯

 Test Files  1 failed (1)
      Tests  1 failed | 1 passed (2)
`
	nodeSays = `✖ 坏的故事 (1.10718ms)
  AssertionError [ERR_ASSERTION]: 应为二
ℹ pass 1
ℹ fail 1

✖ failing tests:

test at stories/a.test.mjs:4:1
✖ 坏的故事 (1.10718ms)
  AssertionError [ERR_ASSERTION]: 应为二

      at TestContext.<anonymous> (file:///a.test.mjs:4:35)
      at Test.runInAsyncScope (node:async_hooks:206:9)
      at Test.run (node:internal/test_runner/test:796:25)
`
	goSays = `{"Action":"output","Package":"p","Test":"T","Output":"=== RUN   T\n"}
{"Action":"output","Package":"p","Test":"T/一","Output":"2026/11/26 11:03:27 INFO request method=GET\n"}
{"Action":"output","Package":"p","Test":"T/一","Output":"    a_test.go:7: 少了一行\n"}
{"Action":"output","Package":"p","Test":"T/一","Output":"    --- FAIL: T/一 (0.00s)\n"}
{"Action":"fail","Package":"p","Test":"T/一"}
{"Action":"output","Package":"p","Test":"T","Output":"--- FAIL: T (0.00s)\n"}
{"Action":"fail","Package":"p","Test":"T"}
{"Action":"fail","Package":"p"}
{"ImportPath":"q [q.test]","Action":"build-output","Output":"q/q.go:3:5: undefined: x\n"}
{"ImportPath":"q [q.test]","Action":"build-fail"}
{"Action":"output","Package":"q","Output":"FAIL\tq [build failed]\n"}
{"Action":"fail","Package":"q","FailedBuild":"q [q.test]"}
`
)

func Test_汇总里每个没有通过的都有名字和开头几行(t *testing.T) {
	r := newRun(context.Background())
	for _, said := range []struct {
		count counter
		text  string
	}{{vitestCounter(), vitestSays}, {nodeCounter(), nodeSays}, {goCounter(), goSays}} {
		for line := range strings.Lines(said.text) {
			said.count(r, []byte(line))
		}
	}
	r.step(&step{title: "写法", args: []string{"sh", "-c", "echo 第三行多了空格; exit 1"}, limit: 1e10})
	var out strings.Builder
	r.name(&out)
	want := `✖ src/zz/z.test.ts > 外 > 坏的
    AssertionError: expected 1 to be 2 // Object.is equality
✖ 坏的故事 (1.10718ms)
    AssertionError [ERR_ASSERTION]: 应为二
    at TestContext.<anonymous> (file:///a.test.mjs:4:35)
    at Test.runInAsyncScope (node:async_hooks:206:9)
✖ p T/一
    a_test.go:7: 少了一行
✖ q
    q/q.go:3:5: undefined: x
✖ 写法
    第三行多了空格
    exit status 1
`
	if out.String() != want {
		t.Errorf("汇总是\n%s", out.String())
	}
}

func Test_没有通过的太多时只写前三十个(t *testing.T) {
	r := newRun(context.Background())
	for i := range 100 {
		r.fault(fmt.Sprint("第", i, "个"), strings.Split(strings.Repeat("一行\n", 40), "\n")...)
	}
	var out strings.Builder
	r.name(&out)
	text := out.String()
	if n := strings.Count(text, "\n"); n != namedFaults*(linesOfEach+2)+1 || !strings.HasSuffix(text, "✖ 另有 70 个\n") || !strings.Contains(text, "……还有 25 行") {
		t.Errorf("写了 %d 行：\n%s", n, text)
	}
}
