package archive

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/office/archive/eep"
	"github.com/chengqi-oa/chengqi/internal/record/file"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// subject 归档对象 is a closed matter with all that goes into its package, as of one moment.
type subject struct {
	m     *engine.Matter
	p     *engine.Procedure
	w     engine.World
	files []*file.File
	log   []journal.Entry // of the matter's actions
	last  *Package        // the package there is; nil: none yet
}

// isElectronic tells whether a matter's fields carry files, or a text that is typeset (ARCH-28). A sealed matter has only its
// envelope here (DOC-IN-14), and nothing to pack.
func isElectronic(p *engine.Procedure, fields map[string]any) bool {
	for i := range p.Fields {
		f := &p.Fields[i]
		switch v := fields[f.Key].(type) {
		case string:
			if (f.Type == engine.Body || f.Type == engine.File) && v != "" {
				return true
			}
		case []any:
			if f.Type == engine.Files && len(v) > 0 {
				return true
			}
		}
	}
	return false
}

// read gathers what there is to know of a matter; nil when it is not to be packed.
func read(tx *db.Tx, e *engine.Engine, id db.ID) (*subject, error) {
	m, p, w, err := e.Known(tx, id)
	if err != nil || m == nil {
		return nil, err
	}
	if m.State != engine.Closed || m.Sealed || m.Custody == engine.Destroyed || !isElectronic(p, m.Fields) {
		return nil, nil
	}
	s := &subject{m: m, p: p, w: w}
	for i := range p.Fields {
		f := &p.Fields[i]
		if f.Type != engine.File && f.Type != engine.Files {
			continue
		}
		if err := s.attach(tx, m.Fields[f.Key]); err != nil {
			return nil, err
		}
	}
	err = journal.OfMatter(tx, id, func(e journal.Entry, _ []byte) error {
		if e.Topic == "matter" {
			s.log = append(s.log, e)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	list, err := Packages(tx, id)
	if len(list) > 0 {
		s.last = list[0]
	}
	return s, err
}

func (s *subject) attach(tx *db.Tx, v any) error {
	ids, isList := v.([]any)
	if !isList {
		ids = []any{v}
	}
	for _, raw := range ids {
		text, _ := raw.(string)
		id, err := db.ParseID(text)
		if err != nil || slices.ContainsFunc(s.files, func(f *file.File) bool { return f.ID == id }) {
			continue
		}
		f, err := file.Get(tx, id)
		if err != nil {
			return err
		}
		if f != nil {
			s.files = append(s.files, f)
		}
	}
	return nil
}

// compose puts the package together. What is printed of a text that has no issued record stands beside the files.
func (s *subject) compose(open func(*file.File) (io.ReadCloser, error), printed []eep.Document) *eep.Package {
	m, dir := s.m, s.w.Dir
	agency := dir.Agency(m.Agency)
	pack := &eep.Package{
		Type: eep.Original, Note: "事项办结后由办公系统封装", Created: s.w.Now.In(db.Location), Unit: agency.Name,
		Record: eep.Record{
			Level: "文件", FondsName: agency.Name, Filer: agency.Name, ID: m.ID.String(), Code: codeOf(m), Content: s.content(),
			Place: "本机关办公系统", Access: s.access(), Documents: printed,
			Form: eep.Form{Language: "汉语", Draft: "正本"},
		},
	}
	if i := issuerOf(m, dir); i != nil {
		pack.Record.FondsName, pack.Record.Filer = i.Name, i.Name
	}
	if s.last != nil {
		pack.Type = eep.Modified
		pack.Note = fmt.Sprintf("事项有改动后重新封装，取代%s形成的封装包，其SM3摘要为%s", s.last.Made.In(db.Location).Format("2006-01-02 15:04:05"), s.last.File.Digest)
	}
	for _, f := range s.files {
		pack.Record.Documents = append(pack.Record.Documents, eep.Document{
			ID: f.ID.String(), Title: strings.TrimSuffix(f.Name, extension(f.Name)), Format: f.Mime, Name: f.Name, Size: f.Size, System: system,
			Open: func() (io.ReadCloser, error) { return open(f) },
		})
	}
	if len(pack.Record.Documents) > 0 {
		pack.Record.Documents[0].Main = true
	}
	form := &pack.Record.Form
	form.Pieces, form.Composition = len(pack.Record.Documents), "单件"
	if form.Pieces > 1 {
		form.Composition = "组合文件"
	}
	if pages, ok := m.Fields["pages"].(float64); ok {
		form.Pages = int(pages)
	}
	pack.Acts, pack.Agents = s.acts(), s.agents(pack.Record.Filer)
	return pack
}

const system = "承启公文办理系统"

func extension(name string) string {
	if at := strings.LastIndexByte(name, '.'); at > 0 {
		return name[at:]
	}
	return ""
}

// issuerOf is the name a document was issued in, or addressed to.
func issuerOf(m *engine.Matter, dir *org.Directory) *org.Issuer {
	for _, key := range []string{"issuer", "addressee"} {
		text, _ := m.Fields[key].(string)
		if id, err := db.ParseID(text); err == nil && dir.Issuer(id) != nil {
			return dir.Issuer(id)
		}
	}
	return nil
}

// codeOf takes the archival code of a document apart: L002-WS·2026-D10-BGS-0001.
func codeOf(m *engine.Matter) eep.Code {
	text, _ := m.Fields["archive_number"].(string)
	if c, ok := parseCode(text); ok {
		return c
	}
	return eep.Code{Year: fmt.Sprint(m.Year)}
}

func parseCode(text string) (c eep.Code, ok bool) {
	class, year, ok := strings.Cut(text, "·")
	head, tail := strings.Split(class, "-"), strings.Split(year, "-")
	if !ok || len(head) != 2 || len(tail) != 4 {
		return c, false
	}
	return eep.Code{Fonds: head[0], Category: head[1], Year: tail[0], Term: tail[1], Office: tail[2], Item: tail[3]}, true
}

func (s *subject) content() eep.Content {
	m := s.m
	text := func(key string) string { v, _ := m.Fields[key].(string); return v }
	c := eep.Content{
		Title: m.Called(s.p), Abstract: text("summary"), Number: m.Number, Responsible: s.w.Dir.Unit(m.Unit).Name, Date: text("doc_date"),
		Kind: text("doc_kind"), Urgency: m.Urgency, To: text("recipients"), CopiesTo: text("copies_to"), Secrecy: m.Secrecy,
	}
	switch i := issuerOf(m, s.w.Dir); {
	case text("issuer") != "" && i != nil:
		c.Responsible = i.Name
	case m.Party != "":
		c.Responsible, c.Number = m.Party, cmp.Or(m.PartyNumber, m.Number)
	}
	if i := issuerOf(m, s.w.Dir); text("addressee") != "" && i != nil {
		c.To = i.Name
	}
	if c.Date == "" {
		c.Date = m.Closed.In(db.Location).Format(time.DateOnly)
	}
	return c
}

func (s *subject) access() eep.Access {
	var may []string
	for _, n := range org.DutyNames {
		if slices.Contains(s.p.Sees, string(n.Duty)) {
			may = append(may, n.Name)
		}
	}
	return eep.Access{For: strings.Join(append(may, "经办人"), "、"), Act: "查看", Control: cmp.Or(s.m.Secrecy, "无")}
}

// acts are the steps taken, each with who, when and the clause it rests on.
func (s *subject) acts() []eep.Act {
	var out []eep.Act
	for _, e := range s.log {
		var act engine.Act
		if err := json.Unmarshal(e.Content, &act); err != nil {
			continue // of an edition of the journal that said it otherwise: it stays in the journal
		}
		note := s.w.Dir.Name(e.Actor)
		if e.For != 0 {
			note += "代" + s.w.Dir.Name(e.For)
		}
		if act.Post != "" {
			note += "（" + act.Post + "）"
		}
		if act.Opinion != "" {
			note += "：" + act.Opinion
		}
		var basis []string
		for _, id := range s.p.ActionBasis(act.From, e.Action) {
			if clause := s.w.Rules.Clause(id); clause != nil {
				basis = append(basis, id+" "+clause.Text)
			}
		}
		out = append(out, eep.Act{State: "历史行为", Name: cmp.Or(act.Name, e.Action), At: e.At.In(db.Location), Basis: strings.Join(basis, "；"), Note: note})
	}
	return out
}

func (s *subject) agents(filer string) []eep.Agent {
	organ := eep.Agent{Type: "单位", Name: filer}
	if i := issuerOf(s.m, s.w.Dir); i != nil {
		organ.Code = i.Fonds
	}
	out := []eep.Agent{organ}
	var seen []db.ID
	for _, e := range s.log {
		if e.Actor == 0 || slices.Contains(seen, e.Actor) {
			continue
		}
		seen = append(seen, e.Actor)
		out = append(out, eep.Agent{Type: "个人", Name: s.w.Dir.Name(e.Actor), Post: s.w.Dir.PostName(e.Actor)})
	}
	return out
}
