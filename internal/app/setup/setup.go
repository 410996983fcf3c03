// Package setup begins a real office: the agency, its sections and posts, and the three administrators, who then enter
// the people.
package setup

import (
	"strings"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/access"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// Account 初始账号 is told once, when the office is set up.
type Account struct {
	Username string `json:"username"`
	Post     string `json:"post"`
	Password string `json:"password"`

	duty org.Duty
	hash string
}

// Accounts makes the three administrators' first passwords (OA-27). Hashing is slow: do it outside the transaction.
func Accounts() ([]Account, error) {
	accounts := []Account{
		{Username: "admin-system", Post: "系统管理员", duty: org.SystemAdmin},
		{Username: "admin-security", Post: "安全管理员", duty: org.SecurityAdmin},
		{Username: "admin-audit", Post: "审计管理员", duty: org.AuditAdmin},
	}
	for i := range accounts {
		accounts[i].Password = access.Random()
		var err error
		if accounts[i].hash, err = access.Hash(accounts[i].Password); err != nil {
			return nil, err
		}
	}
	return accounts, nil
}

// Found begins an office in a deployment that has none.
func Found(tx *db.Tx, name string, accounts []Account) error {
	name = strings.TrimSpace(name)
	if name == "" {
		return errs.Refuse("没有建立", errs.Reason{Text: "请填写机关名称", Field: "agency"})
	}
	count := 0
	if _, err := tx.Row(`SELECT COUNT(*) FROM agencies`, nil, &count); err != nil {
		return err
	}
	if count > 0 {
		return errs.Refuse("没有建立", errs.Reason{Text: "已有机关；样例要先清空"})
	}
	agency := &org.Agency{Name: name}
	if err := org.Put(tx, agency); err != nil {
		return err
	}
	unit, err := furnish(tx, agency.ID)
	if err != nil {
		return err
	}
	for i, a := range accounts {
		post := &org.Post{Agency: agency.ID, Unit: unit, Name: a.Post, Duties: []org.Duty{a.duty}, Order: 900 + i, Active: true}
		if err := org.Put(tx, post); err != nil {
			return err
		}
		person := &org.Person{Agency: agency.ID, Unit: unit, Username: a.Username, Name: a.Post, Order: 9000 + i, Active: true, Posts: []db.ID{post.ID}}
		if err := org.Put(tx, person); err != nil {
			return err
		}
		if err := access.SetPassword(tx, person.ID, a.hash, true); err != nil {
			return err
		}
	}
	return journal.Append(tx, journal.Entry{Chain: agency.ID, Topic: "admin", Action: "found"}, map[string]string{"agency": name})
}
