package app_test

import (
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app"
	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// handed is an office with an incoming document that has an attachment and is with the director; another attachment is there.
func handed(t *testing.T) (a *app.App, matter, scan, other db.ID) {
	t.Helper()
	o := apptest.Open(t)
	clerk := o.Directory().ByUsername("3102")
	put := func(name string) db.ID {
		f, err := o.Files.Put(t.Context(), o.DB, clerk.Agency, clerk.ID, name, strings.NewReader(name+"的内容"))
		if err != nil {
			t.Fatal(err)
		}
		return f.ID
	}
	scan, other = put("来文.txt"), put("别的.txt")
	m := o.Create("3102", "incoming", apptest.Fields{"sender": "安澜市水利局", "addressee": o.Issuer("临政办")})
	o.Do("3102", m, "sign", apptest.Fields{"copies_ok": true, "routing_ok": true, "seal_ok": true})
	o.Do("3102", m, "register", apptest.Fields{
		"title": "关于供暖的通知", "doc_date": "2026-11-05", "copies": 1.0, "pages": 2.0, "attachment_number": "无", "files": []any{scan.String()},
	})
	o.Create("3102", "incoming", apptest.Fields{"sender": "安澜市水利局", "addressee": o.Issuer("临政办")})
	return o.App, m, scan, other
}

func Test核验找得出绕过系统改的待办权限栏目和附件登记(t *testing.T) { // OA-29
	a, m, scan, other := handed(t)
	if v, err := verified(t, a); err != nil || len(v.Faults) > 0 || v.Matters != 2 {
		t.Fatalf("没有动过就不符：%+v %v", v, err)
	}
	open := `(SELECT MAX(id) FROM tasks WHERE state = 'open' AND matter_id = ?)`
	stranger := `(SELECT id FROM people WHERE username = '2201')`
	const tasks = `INSERT INTO tasks SELECT id + 1000, matter_id, agency_id, kind, step, role, `
	for _, c := range []struct {
		what, do, undo, want string
	}{
		{
			"待办换人", `UPDATE tasks SET done_by = person_id, person_id = ` + stranger + ` WHERE id = ` + open,
			`UPDATE tasks SET person_id = done_by, done_by = 0 WHERE id = ` + open, "“待办”与留痕不符",
		},
		{
			"待办改状态", `UPDATE tasks SET state = 'withdrawn' WHERE id = ` + open,
			`UPDATE tasks SET state = 'open' WHERE state = 'withdrawn' AND id = (SELECT MAX(id) FROM tasks WHERE matter_id = ?)`, "“待办”与留痕不符",
		},
		{"待办改期限", `UPDATE tasks SET due_at = due_at + 86400000 WHERE id = ` + open, `UPDATE tasks SET due_at = due_at - 86400000 WHERE id = ` + open, "“待办”与留痕不符"},
		{"待办改环节", `UPDATE tasks SET step = 'x' || step WHERE id = ` + open, `UPDATE tasks SET step = SUBSTR(step, 2) WHERE id = ` + open, "“待办”与留痕不符"},
		{"待办改类别", `UPDATE tasks SET kind = 'x' || kind WHERE id = ` + open, `UPDATE tasks SET kind = SUBSTR(kind, 2) WHERE id = ` + open, "“待办所列的类别和缓急”与留痕不符"},
		{"待办改缓急", `UPDATE tasks SET urgency = urgency || '特急' WHERE id = ` + open, `UPDATE tasks SET urgency = REPLACE(urgency, '特急', '') WHERE id = ` + open, "“待办所列的类别和缓急”与留痕不符"},
		{
			"待办多一行", tasks + `person_id, state, ord, arrived_at, opened_at, due_at, warn_at, provisional, alarm_at, alarm, urged, done_at, done_by, action, given_by, urgency FROM tasks WHERE id = ` + open,
			`DELETE FROM tasks WHERE id = ` + open, "“待办”与留痕不符",
		},
		{"拆封", `UPDATE matters SET sealed = 1 - sealed WHERE id = ?`, `UPDATE matters SET sealed = 1 - sealed WHERE id = ?`, "“登记项（是否密封"},
		{"改来文单位", `UPDATE matters SET party = party || '一' WHERE id = ?`, `UPDATE matters SET party = REPLACE(party, '一', '') WHERE id = ?`, "“登记项（是否密封"},
		{"改科室", `UPDATE matters SET unit_id = unit_id + 1 WHERE id = ?`, `UPDATE matters SET unit_id = unit_id - 1 WHERE id = ?`, "“登记项（是否密封"},
		{"改哪天开", `UPDATE matters SET held_on = '2026-11-20' WHERE id = ?`, `UPDATE matters SET held_on = '' WHERE id = ?`, "“列表所示”与留痕不符"},
		{"改期限", `UPDATE matters SET due_at = due_at + 1 WHERE id = ?`, `UPDATE matters SET due_at = due_at - 1 WHERE id = ?`, "“登记项（是否密封"},
		{"改经过", `UPDATE matters SET trail = REPLACE(trail, 'register', 'sign') WHERE id = ?`, `UPDATE matters SET trail = REPLACE(trail, '"action":"sign","by"', '"action":"x","by"') WHERE id = ?`, "“登记项（是否密封"},
		{
			"多一个可阅的", `INSERT INTO access (matter_id, person_id, kind, why) SELECT id, ` + stranger + `, kind, 'x' FROM matters WHERE id = ?`,
			`DELETE FROM access WHERE why = 'x' AND matter_id = ?`, "“可阅人员”与留痕不符",
		},
		{"可阅的改类", `UPDATE access SET kind = 'x' || kind WHERE matter_id = ?`, `UPDATE access SET kind = SUBSTR(kind, 2) WHERE matter_id = ?`, "“可阅人员”与留痕不符"},
		{
			"附件改指别的内容", `UPDATE files SET text = digest, digest = (SELECT o.digest FROM files o WHERE o.id = ` + other.String() + `) WHERE matter_id = ?`,
			`UPDATE files SET digest = text WHERE matter_id = ?`, "“附件“来文.txt””与留痕不符",
		},
		{"附件改名", `UPDATE files SET name = 'x' || name WHERE matter_id = ?`, `UPDATE files SET name = SUBSTR(name, 2) WHERE matter_id = ?`, "“附件“来文.txt””与留痕不符"},
	} {
		if c.what == "改经过" { // what was there is kept meanwhile
			past(t, a, `INSERT INTO settings (name, value) SELECT 'trail', trail FROM matters WHERE id = ?`, m)
			c.undo = `UPDATE matters SET trail = (SELECT value FROM settings WHERE name = 'trail') WHERE id = ?`
		}
		past(t, a, c.do, m)
		v, err := verified(t, a)
		if err != nil || len(v.Faults) == 0 || len(v.Faults) > 1 && c.what != "待办换人" || !strings.Contains(v.Faults[0], c.want) || !strings.Contains(v.Faults[0], "事项 ") {
			t.Errorf("%s：应只找出“%s”，找出的是 %q %v", c.what, c.want, v.Faults, err)
		}
		past(t, a, c.undo, m)
	}
	past(t, a, `UPDATE files SET matter_id = 0 WHERE id = ?`, scan)
	if v, err := verified(t, a); err != nil || len(v.Faults) != 1 || !strings.Contains(v.Faults[0], "“附件“来文.txt””与留痕不符") {
		t.Errorf("附件改挂，找出的是 %q %v", v.Faults, err)
	}
	past(t, a, `UPDATE files SET matter_id = ? WHERE id = ?`, m, scan)
	if v, err := verified(t, a); err != nil || len(v.Faults) > 0 {
		t.Errorf("改回来还不符：%q %v", v.Faults, err)
	}
	past(t, a, `DELETE FROM tasks WHERE matter_id = ?`, m)
	past(t, a, `DELETE FROM access WHERE matter_id = ?`, m)
	if v, err := verified(t, a); err != nil || len(v.Faults) != 2 {
		t.Errorf("删光了待办和可阅人员，找出的是 %q %v", v.Faults, err)
	}
}

// Entries of an older program bear no imprint: who holds a matter and who may see it is told all the same.
func Test核验旧程序留下的事项(t *testing.T) {
	a, m, _, _ := handed(t)
	imprints := func(body string) string { // the entry as an older program would have written it, chain and all
		for _, key := range []string{"state", "rest", "owed"} {
			if i := strings.Index(body, `,"`+key+`":"`); i >= 0 {
				j := i + len(key) + 5
				body = body[:i] + body[j+strings.Index(body[j:], `"`)+1:]
			}
		}
		return body
	}
	rewritten(t, a, imprints)
	if v, err := verified(t, a); err != nil || len(v.Faults) > 0 {
		t.Fatalf("旧程序留下的没有动过就不符：%q %v", v.Faults, err)
	}
	past(t, a, `UPDATE matters SET sealed = 1 - sealed WHERE id = ?`, m)
	past(t, a, `UPDATE tasks SET person_id = (SELECT id FROM people WHERE username = '2201') WHERE state = 'open' AND matter_id = ?`, m)
	v, err := verified(t, a)
	if err != nil || len(v.Faults) != 2 || !strings.Contains(v.Faults[0], "“待办”") || !strings.Contains(v.Faults[1], "“可阅人员”") {
		t.Errorf("旧程序留下的待办换了人，找出的是 %q %v", v.Faults, err)
	}
}

// rewritten writes the whole journal anew, as only a test may.
func rewritten(t *testing.T, a *app.App, change func(body string) string) {
	t.Helper()
	err := a.DB.Write(t.Context(), func(tx *db.Tx) error {
		type line struct {
			chain db.ID
			seq   int64
			body  string
		}
		var all []line
		err := tx.Query(`SELECT chain, seq, body FROM journal ORDER BY chain, seq`, nil, func(scan func(...any) error) error {
			var l line
			var body []byte
			err := scan(&l.chain, &l.seq, &body)
			l.body = string(body)
			all = append(all, l)
			return err
		})
		var head []byte
		for i, l := range all {
			if i == 0 || all[i-1].chain != l.chain {
				head = nil
			}
			body := []byte(change(l.body))
			head = linked(head, body)
			if err == nil {
				_, err = tx.Exec(`UPDATE journal SET body = ?, hash = ? WHERE chain = ? AND seq = ?`, body, head, l.chain, l.seq)
			}
			if err == nil {
				_, err = tx.Exec(`UPDATE chains SET hash = ? WHERE chain = ? AND seq = ?`, head, l.chain, l.seq)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
