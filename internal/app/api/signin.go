package api

import (
	"context"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/access"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

type signInView struct {
	AdminsSecond bool           `json:"admins_second_step"`
	Admins       []signInPerson `json:"admins"`
	Others       int            `json:"others"` // of the others, how many have a second step
	Policy       policyView     `json:"policy"`
}

type signInPerson struct {
	ID    db.ID      `json:"id"`
	Name  string     `json:"name"`
	Posts []string   `json:"posts"`
	Since *time.Time `json:"since"`
}

// policyView is in the rulebook's own figures; they are changed there (OA-28, SEC-33).
type policyView struct {
	Tries   int `json:"tries"`
	LockMin int `json:"lock_minutes"`
	IdleMin int `json:"idle_minutes"`
	AgeDays int `json:"age_days"`
	History int `json:"history"`
	Length  int `json:"length"`
}

// signIn shows the security administrator how people come in, and which administrators have a second step.
func (s *Server) signIn(ctx context.Context, c caller, _ *none) (*signInView, error) {
	p := s.app.Door.Policy()
	v := &signInView{Admins: []signInPerson{}, Policy: policyView{
		p.Tries, int(p.LockFor.Minutes()), int(p.Idle.Minutes()), int(p.Age.Hours() / 24), p.History, p.Length,
	}}
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		dir, err := s.app.Book.Directory(tx)
		if err != nil {
			return err
		}
		if v.AdminsSecond, err = access.Demanded(tx); err != nil {
			return err
		}
		since := map[db.ID]int64{}
		err = tx.Query(`SELECT person_id, since FROM second_steps WHERE since > 0`, nil, func(scan func(...any) error) error {
			var id db.ID
			var at int64
			err := scan(&id, &at)
			since[id] = at
			return err
		})
		for _, p := range dir.People(dir.Person(c.person).Agency) {
			switch {
			case p.Active && dir.IsAdmin(p.ID):
				v.Admins = append(v.Admins, signInPerson{p.ID, p.Name, postNames(dir, p), at(db.Time(since[p.ID]))})
			case p.Active && since[p.ID] > 0:
				v.Others++
			}
		}
		return err
	})
	return v, err
}

type signInInput struct {
	Body struct {
		AdminsSecond bool `json:"admins_second_step"`
	}
}

// putSignIn asks the three administrators for a second step. Those without one enrol at their next request.
func (s *Server) putSignIn(ctx context.Context, c caller, in *signInInput) (none, error) {
	return none{}, s.administer(ctx, c, "sign-in", func(tx *db.Tx, _ *org.Directory, _ db.ID) (any, error) {
		return map[string]any{"text": map[bool]string{true: "要求管理员二次验证", false: "不要求管理员二次验证"}[in.Body.AdminsSecond]},
			access.Demand(tx, in.Body.AdminsSecond)
	})
}
