package stories_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// custody holds one document's state of keeping against the one that is wanted, and the register's filter against it: it
// is found under that word and under no other.
func custody(t *testing.T, o *apptest.Office, id db.ID, want engine.Custody) {
	t.Helper()
	m := o.Matter(id)
	if m.Custody != want {
		t.Errorf("《%s》是“%s”，应是“%s”", m.Title, m.Custody, want)
	}
	read(t, o, func(tx *db.Tx) error {
		w, err := o.Engine.World(tx)
		if err != nil {
			return err
		}
		p := o.Engine.Catalogue().Kind(m.Kind)
		for _, c := range engine.Custodies {
			lines, total, err := o.Engine.Lines(tx, p, w.ActorOf(o.Directory().ByUsername("1010").ID), w, engine.LineQuery{Custody: c})
			if err != nil {
				return err
			}
			found := slices.ContainsFunc(lines, func(l *engine.Matter) bool { return l.ID == id && l.Custody == c })
			if found != (c == want) || total != len(lines) {
				t.Errorf("按“%s”筛选，《%s》在不在册：%v，共%d行记%d行", c, m.Title, found, len(lines), total)
			}
		}
		return nil
	})
}

// condemned puts documents on a list of destruction and sends it in.
func condemned(o *apptest.Office, items ...any) db.ID {
	m := o.Create("3104", "destruction", nil) // the archivist sees what came in and what went out
	o.Do("3104", m, "submit", fields{"items": items})
	return m
}

func Test现行存档待销毁三者只居其一(t *testing.T) { // ARCH-13
	o := apptest.Open(t)
	if draft := o.Matter(o.Create("3302", "outgoing", nil)); draft.Custody != engine.InUse {
		t.Errorf("新拟的是“%s”", draft.Custody)
	}
	kept, spoiled := letter(o, "关于借用除雪设备的函"), letter(o, "关于借用除雪车的函")
	custody(t, o, kept, engine.InUse)

	list := condemned(o, fields{"name": "除雪车", "source": spoiled.String(), "copies": 1, "ground": "不需归档"})
	custody(t, o, spoiled, engine.Condemned)
	// It is neither filed, nor lent, nor put on a second list.
	again := o.Create("3104", "destruction", nil)
	o.RefusedBecause("ARCH-13", "3104", again, "submit", fields{"items": []any{fields{"name": "除雪车", "source": spoiled.String(), "copies": 1, "ground": "过期资料"}}})
	loan := fields{"title": "借用除雪车的函", "source": spoiled.String(), "secrecy": "无", "count": 1, "reason": "查考", "term": "当日归还", "place": "本人办公室"}
	o.RefusedBecause("ARCH-13", "3302", o.Create("3302", "document-loan", nil), "submit", loan)
	o.RefusedBecause("ARCH-13", "3302", o.Create("3302", "archive-use", nil), "submit", fields{"title": "除雪车", "source": spoiled.String(), "purpose": "查考", "way": "阅览"})
	o.Pack()
	f := o.Create("3102", "archive-filing", nil)
	o.Do("3102", f, "gather", fields{"issuer": o.Issuer("临政办"), "file_year": 2026, "office_code": "BGS"})
	if items := table(o.Matter(f), "items"); len(items) != 1 || items[0]["source"] != kept.String() {
		t.Fatalf("待销毁的也收集来归档：%v", items)
	}

	// Sent back, the list lets it go: it is in use again, and may be listed again.
	o.Do("1010", list, "send-back", nil, "除雪车的函还要查考")
	custody(t, o, spoiled, engine.InUse)
	o.Do("3302", o.Create("3302", "document-loan", nil), "submit", loan)

	filedAway(o, f)
	custody(t, o, kept, engine.InArchive)

	// What is in the archive leaves it by an appraisal only.
	row := fields{"name": "除雪设备", "source": kept.String(), "copies": 1, "ground": "不需归档"}
	o.RefusedBecause("DESTROY-06", "3104", again, "submit", fields{"items": []any{row}})
	row["ground"] = "鉴定销毁"
	o.RefusedBecause("ARCH-13", "3104", again, "submit", fields{"items": []any{row}})
	row["appraisal"] = "鉴〔2026〕1号"
	o.Do("3104", again, "submit", fields{"items": []any{row}})
	custody(t, o, kept, engine.Condemned)
	o.Do("1010", again, "send-back", nil, "鉴定意见再议")
	custody(t, o, kept, engine.InArchive) // back where it was

	o.Do("3104", again, "submit", fields{"items": []any{row}})
	burn(o, again)
	custody(t, o, kept, engine.Destroyed)
	o.RefusedBecause("ARCH-13", "3104", o.Create("3104", "destruction", nil), "submit", fields{"items": []any{row}})
}

// filedAway takes a filing from its terms to the archive's signature.
func filedAway(o *apptest.Office, f db.ID) {
	o.Do("3102", f, "propose", nil)
	o.Do("3104", f, "number", nil)
	o.Do("3102", f, "box", fields{"per_box": 30})
	o.Pack()
	o.Do("3102", f, "hand-over", fields{"tests": []any{"真实性", "完整性", "可用性", "安全性"}})
	o.Do("3104", f, "receive", fields{"location": "库房一架二层"})
}

// burn carries a list of destruction out.
func burn(o *apptest.Office, list db.ID) {
	o.Do("1010", list, "agree", nil)
	o.Do("1002", list, "agree", nil)
	o.Do("3104", list, "arrange", fields{"firm": "本机关自行粉碎", "place": "机要室", "supervisors": o.People("2501", "3104"), "way": "粉碎"})
	o.Do("2501", list, "sign", fields{"on_site": true})
	o.Do("3104", list, "sign", fields{"on_site": true})
	o.Do("3104", list, "strike", nil)
}

func Test正在归档的列入销毁清单后就不能再归(t *testing.T) { // ARCH-13
	o := apptest.Open(t)
	first, second := letter(o, "关于借用除雪设备的函"), letter(o, "关于借用除雪车的函")
	o.Pack()
	f := o.Create("3102", "archive-filing", nil)
	o.Do("3102", f, "gather", fields{"issuer": o.Issuer("临政办"), "file_year": 2026, "office_code": "BGS"})
	row := func(id db.ID) fields {
		return fields{"name": "函", "source": id.String(), "copies": 1, "ground": "不需归档"}
	}
	list := condemned(o, row(first), row(second))
	named := 0
	for _, r := range o.Refused("3102", f, "propose", nil) {
		if r.Clause == "ARCH-13" {
			named++
		}
	}
	if named != 2 { // each of them, at once
		t.Errorf("说到%d件待销毁，应是2件", named)
	}
	o.Do("1010", list, "send-back", nil, "先归档")
	o.Pack()
	o.Do("3102", f, "propose", nil)
	o.Do("3104", f, "number", nil)
	o.Do("3102", f, "box", fields{"per_box": 30})
	o.Pack()
	o.Do("3104", list, "submit", fields{"items": []any{row(first)}})
	o.RefusedBecause("ARCH-13", "3102", f, "hand-over", fields{"tests": []any{"真实性", "完整性", "可用性", "安全性"}})
	o.Do("1010", list, "send-back", nil, "先归档")
	o.Pack()
	o.Do("3102", f, "hand-over", fields{"tests": []any{"真实性", "完整性", "可用性", "安全性"}})
	o.Do("3104", list, "submit", fields{"items": []any{row(first)}})
	o.RefusedBecause("ARCH-13", "3104", f, "receive", fields{"location": "库房一架二层"})
	custody(t, o, first, engine.Condemned)
	custody(t, o, second, engine.InUse)
}

// The table itself holds no second word beside the three and their end.
func Test保管状态不认识的写不进库(t *testing.T) { // ARCH-13
	o := apptest.Open(t)
	m := letter(o, "关于借用除雪设备的函")
	err := o.DB.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(`UPDATE matters SET custody = ? WHERE id = ?`, "存档、待销毁", m)
		return err
	})
	if err == nil {
		t.Error("写进了两个状态")
	}
	custody(t, o, m, engine.InUse)
}

// A document that began under an edition which knew nothing of custody is put away by the rules of the day.
func Test升级以前办结的也按现行规定保管(t *testing.T) { // ARCH-13
	o := apptest.Open(t)
	m := letter(o, "关于借用除雪设备的函")
	err := o.DB.Write(t.Context(), func(tx *db.Tx) error {
		source := o.Engine.Catalogue().Kind("outgoing").Source
		for _, newer := range []string{"listed, unlisted, ", "\ncustody: 现行", "    do: [\"custody(file)\"]\n", "    do: [\"custody(destroy)\"]\n"} {
			if !strings.Contains(source, newer) {
				t.Fatalf("定义里没有%q", newer)
			}
			source = strings.ReplaceAll(source, newer, "")
		}
		if _, err := tx.Exec(`INSERT INTO procedures (kind, version, source, loaded_at) VALUES ('outgoing', 'older', ?, ?)`, source, tx.Now); err != nil {
			return err
		}
		_, err := tx.Exec(`UPDATE matters SET definition = 'older' WHERE id = ?`, m)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	list := condemned(o, fields{"name": "除雪设备", "source": m.String(), "copies": 1, "ground": "不需归档"})
	custody(t, o, m, engine.Condemned)
	o.Do("1010", list, "send-back", nil, "先归档")
	custody(t, o, m, engine.InUse)
	o.Pack()
	f := o.Create("3102", "archive-filing", nil)
	o.Do("3102", f, "gather", fields{"issuer": o.Issuer("临政办"), "file_year": 2026, "office_code": "BGS"})
	filedAway(o, f)
	custody(t, o, m, engine.InArchive)
}
