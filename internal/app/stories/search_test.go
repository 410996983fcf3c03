package stories_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/search"
)

// calls 来电 are by whom, subject and content: what is searched for in these tests.
var calls = []struct{ by, title, content string }{
	{"2102", "关于做好防汛工作的紧急通知", "市防汛抗旱指挥部要求各地今晚起二十四小时值守，水库、堤防逐段排查。"},
	{"2102", "防汛物资调拨", "调拨编织袋 5000 条、冲锋舟 3 艘，明早 8 时前运到青石镇。"},
	{"3302", "抗旱应急预案征求意见", "请于 11 月 25 日前反馈抗旱预案修改意见。"},
	{"3302", "全县供暖情况通报", "供暖率达 98.5%，仍有 3 个小区管网未通，要求限期整改。"},
	{"3103", "用印审批有关事项", "凡用印须先审批，登记簿按年立卷。"},
	{"3103", "印", "只有一个字的主题也要找得到。"},
	{"3103", "Ａ４纸和 Excel 表格的采购询价", "A4 纸 200 包，ＥＸＣＥＬ 表格模板一份。"},
	{"3102", "外宾来访：Café Müller 考察团", "考察团一行 12 人，联系人 MÜLLER，住 café 酒店。"},
	{"3102", "青政办〔2026〕７号文件的查询", "对方查问青政办〔2026〕7号的印发日期。"},
	{"3102", "", "没有主题的来电，内容里有“防\n汛”二字，被换行断开。"},
	{"2101", "会议室调整的通知", "原定三楼的会改到二楼，请通知各单位。"},
	{"2101", "重名的通知", "通知，通知，还是通知。"},
}

// questions 检索词 people type, odd ones too.
var questions = []string{
	"防汛", "防汛 通知", "通知", "抗旱 防汛", "印", "用印审批", "A4", "ａ４", "excel 表格", "cafe", "CAFÉ", "muller", "Müller", "12",
	"〔2026〕7号", "青政办2026", "98.5", "供暖率", "值守值守", "二十四小时", `" OR 1=1 --`, "'; DROP TABLE matters", "*", "防*", "不存在的词", "机要", "亲启",
}

// searchers 检索的人 see different things.
var searchers = []string{"2102", "2101", "3302", "3103", "3102", "1010", "1002", "9001"}

func searchable(t *testing.T) *apptest.Office {
	t.Helper()
	o := apptest.Open(t)
	for _, c := range calls {
		o.Create(c.by, "phone-record", fields{"title": c.title, "content": c.content, "caller_unit": "安澜市人民政府办公室"})
	}
	scan, err := o.Files.Put(context.Background(), o.DB, o.Directory().ByUsername("3102").Agency, o.Directory().ByUsername("3102").ID, "防汛附件.txt",
		strings.NewReader("附件里写着：机要通道的值守电话。"))
	if err != nil {
		t.Fatal(err)
	}
	o.Create("3102", "incoming", fields{
		"sender": "安澜市水利局", "addressee": o.Issuer("临政办"), "title": "关于水库排查的函", "files": []any{scan.ID.String()},
	})
	envelope(o)
	return o
}

// envelope is a letter for a leader's own eyes, sealed.
func envelope(o *apptest.Office) {
	sealed := o.Create("3102", "incoming", fields{"sender": "安澜市委办公室", "addressee": o.Issuer("临政办"), "channel": "专人送达"})
	o.Do("3102", sealed, "sign", fields{"copies_ok": true, "routing_ok": true, "seal_ok": true})
	o.Do("3102", sealed, "register", fields{
		"type": "亲启", "secrecy": "无", "urgency": "平件", "recipient": o.Person("1002"), "envelope": "亲15", "title": "防汛的不该登的标题",
	})
}

// found is what a person finds: titles, newest first, the number of all, and each with its snippet.
func found(t *testing.T, o *apptest.Office, who, typed string) (titles []string, total int, snippets []string) {
	t.Helper()
	titles, snippets, page := foundPage(t, o, who, typed, "", 0, 50)
	return titles, page.Total, snippets
}

func foundPage(t *testing.T, o *apptest.Office, who, typed, kind string, offset, limit int) (titles, snippets []string, page engine.Found) {
	t.Helper()
	read(t, o, func(tx *db.Tx) error {
		w, err := o.Engine.World(tx)
		if err != nil {
			return err
		}
		words := search.ParseQuery(typed)
		if words.Empty() {
			return nil
		}
		if page, err = o.Engine.Find(tx, w.ActorOf(o.Directory().ByUsername(who).ID), w, words, kind, offset, limit); err != nil {
			return err
		}
		for _, m := range page.Matters {
			text, err := o.Engine.SearchText(tx, o.Engine.Catalogue().Kind(m.Kind), m)
			if err != nil {
				return err
			}
			titles = append(titles, m.Title)
			snippets = append(snippets, drawn(search.Snippet(text, words, 30)))
		}
		return nil
	})
	return titles, snippets, page
}

func drawn(pieces []search.Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.Hit {
			b.WriteString("【" + p.Text + "】")
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

// findings writes what everybody finds.
func findings(t *testing.T, o *apptest.Office) string {
	t.Helper()
	var b strings.Builder
	for _, who := range searchers {
		for _, q := range questions {
			titles, total, snippets := found(t, o, who, q)
			if total != len(titles) {
				t.Errorf("%s检索“%s”：说有%d件，列了%d件", who, q, total, len(titles))
			}
			if total == 0 {
				continue
			}
			fmt.Fprintf(&b, "%s “%s” %d\n", who, q, total)
			for i, title := range titles {
				fmt.Fprintf(&b, "  《%s》 %s\n", title, snippets[i])
			}
		}
	}
	return b.String()
}

// One table for both databases: the same questions find the same, in the same order, for everyone what they may see.
func Test同样的检索在两种数据库上结果相同(t *testing.T) {
	const golden = "testdata/检索.txt"
	o := searchable(t)
	got := findings(t, o)
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatalf("%v（用 -update 写出）", err)
	}
	if got != string(want) {
		t.Errorf("检索结果与 %s 不同；改得对的用 -update 写出\n%s", golden, firstDifference(string(want), got))
	}
}

func Test索引坏了重建后检索如初(t *testing.T) {
	o := searchable(t)
	quiet := func(int, int) {}
	holds := func(want engine.IndexCheck) {
		t.Helper()
		got, err := o.Engine.CheckIndex(t.Context(), quiet)
		if err != nil || got != want {
			t.Errorf("核对的结果是%+v %v，应为%+v", got, err, want)
		}
	}
	whole := engine.IndexCheck{Matters: len(calls) + 2}
	holds(whole)
	before := findings(t, o)
	err := o.DB.Write(t.Context(), func(tx *db.Tx) error {
		var ids []db.ID
		err := tx.Query(`SELECT id FROM matters ORDER BY id`, nil, func(scan func(...any) error) error {
			var id db.ID
			err := scan(&id)
			ids = append(ids, id)
			return err
		})
		if err != nil {
			return err
		}
		key := map[db.Dialect]string{db.SQLite: "rowid", db.Postgres: "id"}[tx.Dialect()]
		if _, err := tx.Exec(`DELETE FROM matter_text WHERE `+key+` = ?`, ids[0]); err != nil {
			return err
		}
		if err := search.Put(tx, ids[1], "张冠李戴"); err != nil {
			return err
		}
		return search.Put(tx, 7, "没有这一件 防汛")
	})
	if err != nil {
		t.Fatal(err)
	}
	holds(engine.IndexCheck{Matters: len(calls) + 2, Missing: 1, Wrong: 1, Orphaned: 1})
	if findings(t, o) == before {
		t.Error("索引弄坏了检索却没有变")
	}
	if err := o.Engine.Reindex(t.Context(), quiet); err != nil {
		t.Fatal(err)
	}
	holds(whole)
	if after := findings(t, o); after != before {
		t.Errorf("重建后不同：%s", firstDifference(before, after))
	}
	if err := o.Engine.ClearIndex(t.Context()); err != nil {
		t.Fatal(err)
	}
	if titles, total, _ := found(t, o, "3102", "防汛"); total != 0 {
		t.Errorf("清空后还找得到%v", titles)
	}
	if err := o.Engine.Reindex(t.Context(), quiet); err != nil {
		t.Fatal(err)
	}
	holds(whole)
}

// Whatever is typed, a person finds exactly those matters that they may open and that hold the words: not one more in
// the list, in the number of all, or in a snippet (DOC-IN-14, OA-27).
func Test检索只找得到看得到的(t *testing.T) {
	o := searchable(t)
	type stored struct {
		id    db.ID
		kind  string
		title string
		terms []string
		sees  map[string]bool
	}
	var all []stored
	read(t, o, func(tx *db.Tx) error {
		return tx.Query(`SELECT id FROM matters ORDER BY id DESC`, nil, func(scan func(...any) error) error {
			var s stored
			err := scan(&s.id)
			all = append(all, s)
			return err
		})
	})
	for i := range all {
		s := &all[i]
		m := o.Matter(s.id)
		s.kind, s.title, s.sees = m.Kind, m.Title, map[string]bool{}
		read(t, o, func(tx *db.Tx) error {
			text, err := o.Engine.SearchText(tx, o.Engine.Catalogue().Kind(m.Kind), m)
			if m.Sealed {
				text = m.Number
			}
			s.terms = strings.Fields(search.Tokens(text))
			return err
		})
		for _, who := range searchers {
			s.sees[who] = o.Sees(who, s.id)
		}
	}
	var letters []string
	for _, c := range calls {
		letters = append(letters, strings.Split(c.title+c.content, "")...)
	}
	usual := o.Engine.Reach
	rapid.Check(t, func(r *rapid.T) {
		// An office of millions is searched as a small one is by a search that soon stops counting. Walked and Read of one
		// have it change, after every step, between going through the index and reading what is the person's.
		o.Engine.Reach = rapid.SampledFrom([]engine.Reach{
			usual,
			{Counted: 1, Examined: 1000, Small: 1000, Walked: 1000},
			{Counted: 1, Examined: 1000, Small: 1000, Walked: 1, Read: 1},
			{Counted: 1, Examined: 1000, Walked: 1, Read: 2},
			{Counted: 2, Examined: 3, Walked: 1, Read: 1},
		}).Draw(r, "reach")
		who := rapid.SampledFrom(searchers).Draw(r, "who")
		kind := rapid.SampledFrom([]string{"", "", "phone-record", "incoming"}).Draw(r, "kind")
		offset, limit := rapid.SampledFrom([]int{0, 0, 1, 3}).Draw(r, "offset"), rapid.SampledFrom([]int{50, 1, 2, 5}).Draw(r, "limit")
		from := rapid.IntRange(0, len(letters)-1).Draw(r, "from")
		typed := strings.Join(letters[from:min(len(letters), from+rapid.IntRange(1, 7).Draw(r, "length"))], "")
		words := search.ParseQuery(typed)
		if words.Empty() {
			return
		}
		var want []string
		for _, s := range all {
			if s.sees[who] && words.In(s.terms) && (kind == "" || kind == s.kind) {
				want = append(want, s.title)
			}
		}
		titles, _, page := foundPage(t, o, who, typed, kind, offset, limit)
		whole := len(want)
		want = want[min(offset, whole):]
		want = want[:min(limit, len(want))]
		if o.Engine.Reach.Examined < len(all) { // what is older than it looks through may stay out
			for _, title := range titles {
				if !slices.ContainsFunc(all, func(s stored) bool { return s.title == title && s.sees[who] && words.In(s.terms) }) {
					r.Fatalf("%s检索“%s”找到了“%s”", who, typed, title)
				}
			}
			return
		}
		if !slices.Equal(titles, want) || page.Total > whole || page.Total < whole && !page.More {
			r.Fatalf("%s检索“%s”（%s）从第%d件起%d件，找到%v，说有%d件、还有%v；应为%v，共%d件", who, typed, kind, offset, limit, titles, page.Total, page.More, want, whole)
		}
	})
}

// A long question is walked through by its two rarest terms; a single character is none of them while there are others.
func Test长句按其中最少见的两个词走索引(t *testing.T) {
	o := apptest.OpenEmpty(t)
	err := o.DB.Write(context.Background(), func(tx *db.Tx) error {
		for n := range 1000 {
			text := "各乡"
			for every, word := range map[int]string{2: "供暖", 3: "防汛", 4: "抗旱"} {
				if n%every == 0 {
					text += "，" + word
				}
			}
			if err := search.Put(tx, db.ID(n+1), text); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	read(t, o, func(tx *db.Tx) error {
		for typed, want := range map[string]string{
			"供暖 抗旱 各乡 防汛": `"抗旱" AND "防汛"`,
			"供暖 旱 防汛":     `"防汛" AND "供暖"`,
			"供暖 各乡 没有的":   `"没有" AND "有的"`,
			"供暖 防汛":       `"供暖" AND "防汛"`,
		} {
			q := search.ParseQuery(typed)
			rare, whole, err := q.Rarest(tx, 2)
			if err != nil {
				return err
			}
			if tx.Dialect() == db.Postgres {
				want = q.FTS5()
			}
			if got := rare.FTS5(); got != want || whole != (got == q.FTS5()) {
				t.Errorf("“%s”走%s（整句：%v），应走%s", typed, got, whole, want)
			}
		}
		return nil
	})
}
