package api

import (
	"net/http"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/access"
)

func Test密码到期或被要求二次验证时只准办这一件(t *testing.T) {
	tr := begin(t)
	err := tr.o.DB.Write(t.Context(), func(tx *db.Tx) error {
		if err := access.Demand(tx, true); err != nil {
			return err
		}
		_, err := tx.Exec(`UPDATE accounts SET must_change = 1 WHERE person_id = ?`, tr.o.Directory().ByUsername("3302").ID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	held := 0
	for _, l := range tr.server.lines() {
		for _, r := range roles {
			if r.number != "3302" && r.admin == 0 || l.method == http.MethodDelete || l.path == "/api/v1/session" {
				continue
			}
			status, said := tr.call(r, l.method, l.path)
			switch {
			case l.who == public || l.who == self:
				if status == http.StatusForbidden {
					t.Errorf("%s %s：%s应放行，却是%s", l.method, l.path, r.name, said)
				}
			case status != http.StatusForbidden:
				t.Errorf("%s %s：%s应先办该办的，却是 %d", l.method, l.path, r.name, status)
			default:
				held++
			}
		}
	}
	if held < 200 {
		t.Errorf("只拦下 %d 次，路由没有走全", held)
	}
}
