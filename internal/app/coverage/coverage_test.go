package coverage_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chengqi-oa/chengqi/internal/app/coverage"
	"github.com/chengqi-oa/chengqi/internal/record/rulebook"
	rules "github.com/chengqi-oa/chengqi/rulebook"
)

var update = flag.Bool("update", false, "read the citations of the tree anew")

const root = "../../.."

func clauses(t *testing.T) *rulebook.Rulebook {
	t.Helper()
	book, err := rulebook.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func computed(t *testing.T) *coverage.Report {
	t.Helper()
	index, err := coverage.Cited()
	if err != nil {
		t.Fatal(err)
	}
	report, err := coverage.Compute(clauses(t), index, coverage.Shipped()...)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// The citations of code and tests are stored so that the program can tell them; here they are held to the tree.
func Test_引用索引与代码一致(t *testing.T) {
	book := clauses(t)
	index, err := coverage.Scan(os.DirFS(root), func(id string) bool { return book.Clause(id) != nil })
	if err != nil {
		t.Fatal(err)
	}
	want, err := json.MarshalIndent(index, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	want = append(want, '\n')
	if *update {
		if err := os.WriteFile("citations.json", want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile("citations.json")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(have, want) {
		t.Errorf("citations.json 与代码不一致，用 make coverage 重读；例如 %s", firstDifference(string(have), string(want)))
	}
}

func firstDifference(have, want string) string {
	a, b := strings.Split(have, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return strings.TrimSpace(a[i]) + " → " + strings.TrimSpace(b[i])
		}
	}
	return "条数不同"
}

// Every line the report names must hold the clause, or the report would lead astray.
func Test_报告指到的行确实写着条款(t *testing.T) {
	files := map[string][]string{}
	places := 0
	for _, ch := range computed(t).Chapters {
		for _, c := range ch.Clauses {
			for _, p := range c.Where {
				if files[p.File] == nil {
					text, err := os.ReadFile(filepath.Join(root, p.File))
					if err != nil {
						t.Fatalf("%s 落实在没有的文件 %s", c.ID, p.File)
					}
					files[p.File] = strings.Split(string(text), "\n")
				}
				places++
				if p.Line == 0 { // code is found by its function
					continue
				}
				if lines := files[p.File]; p.Line > len(lines) || !strings.Contains(strings.Join(lines[p.Line-1:min(p.Line+4, len(lines))], "\n"), c.ID) {
					t.Errorf("%s 说在 %s 第 %d 行，那里没有", c.ID, p.File, p.Line)
				}
			}
		}
	}
	if places < 500 {
		t.Errorf("只找到 %d 处，读法该改了", places)
	}
}

// built are the chapters whose business is done by definitions that exist: their A-weight clauses must be enforced.
var built = []string{"收文", "传阅", "发文", "校核", "借阅清退"}

// open 未落实 are the A-weight clauses of those chapters that nothing enforces yet, each with why.
var open = map[string]string{}

func Test_已有模块的A类条款都已落实(t *testing.T) {
	found := 0
	for _, ch := range computed(t).Chapters {
		if !slices.Contains(built, ch.Name) {
			continue
		}
		found++
		for _, c := range ch.Clauses {
			why, listed := open[c.ID]
			switch {
			case c.Weight != "A":
			case !c.Covered() && !listed:
				t.Errorf("%s 没有落实，也没有说明：%s", c.ID, c.Text)
			case c.Covered() && listed:
				t.Errorf("%s 已经落实在 %s，请从未落实的名单里拿掉", c.ID, c.Where[0])
			case listed:
				t.Logf("%s 未落实：%s（%s）", c.ID, why, c.Text)
			}
		}
	}
	if found != len(built) {
		t.Errorf("制度库里只有其中 %d 章", found)
	}
}

func Test_同一处引用按怎样写就怎样说(t *testing.T) {
	sources := []coverage.Source{{Name: "x", Files: definition(`kind: a
name: 领用纸张
basis: [BUY-01] # BUY-11
fields:
  reams: {name: 数量, type: number, clause: BUY-02}
steps:
  apply:
    name: 申请
    limit: param("BUY-03", "days")
    actions:
      submit:
        name: 送审
        needs:
          - {ok: true, say: 不行, clause: BUY-04}
        checks:
          - {ok: true, say: 不行, clause: BUY-05}
        set: {reams: 'figure("BUY-06", "most")'}
        basis: BUY-07
`)}}
	report, err := coverage.Compute(clauses(t), coverage.Index{}, sources...)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, ch := range report.Chapters {
		for _, c := range ch.Clauses {
			for _, p := range c.Where {
				got[c.ID] = p.String()
			}
		}
	}
	for id, want := range map[string]string{
		"BUY-01": "x/a.yaml:3 领用纸张（总依据）",
		"BUY-02": "x/a.yaml:5 领用纸张·数量（填写项）",
		"BUY-03": "x/a.yaml:9 领用纸张·申请（期限）",
		"BUY-04": "x/a.yaml:14 领用纸张·申请·送审（前提）",
		"BUY-05": "x/a.yaml:16 领用纸张·申请·送审（校验）",
		"BUY-06": "x/a.yaml:17 领用纸张·申请·送审（参数）",
		"BUY-07": "x/a.yaml:18 领用纸张·申请·送审（依据）",
	} {
		if got[id] != want {
			t.Errorf("%s：%q，应为 %q", id, got[id], want)
		}
	}
	if got["BUY-11"] != "" {
		t.Error("注释里的话不算落实")
	}
}

func Test_代码按函数试验按名字(t *testing.T) {
	tree := fstest.MapFS{
		"internal/a/a.go":         {Data: []byte("package a\n\n// limit holds DOC-IN-01.\nfunc (x *Book) limit() string { return \"DOC-IN-02\" }\n\nvar codes = []string{\"DOC-IN-03\", \"XX-99\"}\n")},
		"internal/a/a_test.go":    {Data: []byte("package a\n\nfunc Test收文(t *testing.T) { _ = \"DOC-IN-01\" }\n\nfunc helper() { _ = \"DOC-IN-02\" }\n")},
		"internal/app/demo/d.go":  {Data: []byte("package demo\n\nconst c = \"DOC-IN-01\"\n")},
		"ui/src/a/A.vue":          {Data: []byte("<!-- DOC-IN-02 -->")},
		"e2e/stories/in.test.mjs": {Data: []byte("test('登记来文', async () => { // DOC-IN-03\n})\n")},
	}
	book := clauses(t)
	index, err := coverage.Scan(tree, func(id string) bool { return book.Clause(id) != nil })
	if err != nil {
		t.Fatal(err)
	}
	want := coverage.Index{
		"DOC-IN-01": {Places: []coverage.Place{{File: "internal/a/a.go", Name: "Book.limit", Way: coverage.ByGuard}}, Tests: []coverage.Proof{{File: "internal/a/a_test.go", Name: "Test收文"}}},
		"DOC-IN-02": {Places: []coverage.Place{{File: "internal/a/a.go", Name: "Book.limit", Way: coverage.ByGuard}, {File: "ui/src/a/A.vue", Way: coverage.ByScreen}}},
		"DOC-IN-03": {Places: []coverage.Place{{File: "internal/a/a.go", Name: "codes", Way: coverage.ByGuard}}, Tests: []coverage.Proof{{File: "e2e/stories/in.test.mjs", Name: "登记来文"}}},
	}
	if !reflect.DeepEqual(index, want) {
		t.Errorf("%+v", index)
	}
}

func Test_表和合计说的是同一回事(t *testing.T) {
	report := computed(t)
	total, covered := 0, 0
	for _, ch := range report.Chapters {
		if ch.Total != len(ch.Clauses) || ch.A > ch.ATotal || ch.Listed > ch.Covered {
			t.Errorf("%s的合计不对：%+v", ch.Name, ch)
		}
		total, covered = total+ch.Total, covered+ch.Covered
	}
	if n := len(clauses(t).All()); total != n {
		t.Errorf("报告有 %d 条，制度库有 %d 条", total, n)
	}
	for _, onlyOpen := range []bool{false, true} {
		var table strings.Builder
		if err := report.WriteTable(&table, onlyOpen); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(table.String(), "未落实\n"); n != total-covered {
			t.Errorf("表里写着 %d 条未落实，应为 %d 条", n, total-covered)
		}
		if enforced := strings.Contains(table.String(), " 落实 "); enforced == onlyOpen {
			t.Errorf("只列未落实=%v，表里却有落实的=%v", onlyOpen, enforced)
		}
	}
}

func definition(text string) fstest.MapFS { return fstest.MapFS{"a.yaml": {Data: []byte(text)}} }
