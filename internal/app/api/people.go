package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/mozillazg/go-pinyin"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

type unitView struct {
	ID      db.ID  `json:"id"`
	Name    string `json:"name"`
	Parent  db.ID  `json:"parent"`
	Order   int    `json:"order"`
	Head    string `json:"head"`
	Agency  string `json:"agency"`
	Outside bool   `json:"outside"`
}

type personView struct {
	ID       db.ID     `json:"id"`
	Username string    `json:"username"`
	Name     string    `json:"name"`
	Unit     string    `json:"unit"`
	UnitID   db.ID     `json:"unit_id"`
	Posts    []string  `json:"posts"`
	Phone    string    `json:"phone"`
	Order    int       `json:"order"`
	Pinyin   string    `json:"pinyin"`
	Initials string    `json:"initials"`
	Away     *awayView `json:"away"`
	Leader   bool      `json:"leader"`
	Backup   db.ID     `json:"backup"`
}

type issuerView struct {
	ID      db.ID  `json:"id"`
	Name    string `json:"name"`
	Code    string `json:"code"`
	Outside bool   `json:"outside"`
}

type directoryView struct {
	Agency  named        `json:"agency"`
	Units   []unitView   `json:"units"`
	People  []personView `json:"people"`
	Issuers []issuerView `json:"issuers"`
}

func (s *Server) peopleRoutes() {
	route(s, http.MethodGet, "/directory", "通讯录", anyone, s.directory)
}

func (s *Server) directory(ctx context.Context, c caller, _ *none) (*directoryView, error) {
	var out *directoryView
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		w, err := s.app.Engine.World(tx)
		if err != nil {
			return err
		}
		me := w.Dir.Person(c.person)
		agency := w.Dir.Agency(me.Agency)
		out = &directoryView{Agency: named{agency.ID, agency.Name}, Units: []unitView{}, People: []personView{}, Issuers: []issuerView{}}
		out.Units = append(out.Units, unitsOf(w.Dir, agency, false)...)
		for _, i := range w.Dir.Issuers(agency.ID) {
			out.Issuers = append(out.Issuers, issuerView{i.ID, i.Name, i.Code, false})
		}
		for _, p := range w.Dir.People(agency.ID) {
			if p.Active {
				out.People = append(out.People, viewPerson(w, p))
			}
		}
		for _, other := range w.Dir.Agencies() { // whom a matter may be sent to outside: their offices, not their people
			if other.ID != agency.ID {
				out.Units = append(out.Units, unitsOf(w.Dir, other, true)...)
				for _, i := range w.Dir.Issuers(other.ID) {
					out.Issuers = append(out.Issuers, issuerView{i.ID, i.Name, i.Code, true})
				}
			}
		}
		return nil
	})
	return out, err
}

func unitsOf(dir *org.Directory, agency *org.Agency, outside bool) []unitView {
	var out []unitView
	for _, u := range dir.Units(agency.ID) {
		if u.Active {
			out = append(out, unitView{u.ID, u.Name, u.Parent, u.Order, headName(dir, u), agency.Name, outside})
		}
	}
	return out
}

func headName(dir *org.Directory, u *org.Unit) string {
	if u.Head == 0 {
		return ""
	}
	return dir.Name(u.Head)
}

func viewPerson(w engine.World, p *org.Person) personView {
	full, initials := pinyinOf(p.Name)
	return personView{
		ID: p.ID, Username: p.Username, Name: p.Name, Unit: w.Dir.Unit(p.Unit).Name, UnitID: p.Unit, Posts: postNames(w.Dir, p), Phone: p.Phone,
		Order: p.Order, Pinyin: full, Initials: initials, Away: viewAway(w.Dir, w.Dir.AwayAt(p.ID, w.Now)), Leader: p.Leader, Backup: p.Backup,
	}
}

func pinyinOf(name string) (full, initials string) {
	parts := pinyin.LazyConvert(name, nil)
	for _, p := range parts {
		initials += p[:1]
	}
	return strings.Join(parts, ""), initials
}

func dutyNames() []optionView {
	out := []optionView{}
	for _, n := range org.DutyNames {
		out = append(out, optionView{string(n.Duty), n.Name})
	}
	return out
}
