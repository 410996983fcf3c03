package archive

import (
	"slices"
	"strings"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// document is a finished matter as far as filing looks at it.
type document struct {
	id, unit                                         db.ID
	kind, number, title, party, partyNumber, secrecy string
	fields                                           map[string]any
	version, packed                                  int64 // of the matter, and of the matter as its newest package has it
	state                                            engine.State
	sealed                                           bool
	custody                                          engine.Custody
}

func (d *document) text(key string) string { s, _ := d.fields[key].(string); return s }
func (d *document) flag(key string) bool   { b, _ := d.fields[key].(bool); return b }
func (d *document) is(key string, values ...string) bool {
	return slices.Contains(values, d.text(key))
}

// kinds that are filed item by item; whatever hangs on a document (传阅, 复审, 借阅) follows it.
var kinds = []string{"incoming", "outgoing", "joint-issue"}

// worthFiling leaves out what was never issued or never accepted, and what is filed already.
func (d *document) worthFiling() bool {
	return d.text("archive_number") == "" && d.number != "" && !d.flag("rejected") && d.text("return_reason") == ""
}

// fonds is the fonds a document belongs to: of the name it was issued in or addressed to.
func (d *document) fonds(dir *org.Directory) string {
	key := "issuer"
	if d.kind == "incoming" {
		key = "addressee"
	}
	id, err := db.ParseID(d.text(key))
	if i := dir.Issuer(id); err == nil && i != nil {
		return i.Fonds
	}
	return ""
}

func (d *document) item(dir *org.Directory) item {
	term, ground := d.term()
	r := item{
		"source": d.id.String(), "category": documents, "kind": "收文", "unit": d.unit.String(), "doc_number": d.partyNumber, "responsible": d.party, "title": d.title,
		"date": d.text("doc_date"), "secrecy": d.secrecy, "proposed": term, "retention": term, "ground": ground, "filing": filed,
	}
	if pages, ok := d.fields["pages"].(float64); ok {
		r["pages"] = pages
	}
	if d.kind != "incoming" {
		r["kind"], r["doc_number"], r["medium"] = "发文", d.number, "纸质和电子" // its papers and its files are both kept (ARCH-14)
		if id, err := db.ParseID(d.text("issuer")); err == nil && dir.Issuer(id) != nil {
			r["responsible"] = dir.Issuer(id).Name
		}
	}
	for key, v := range r {
		if v == "" {
			delete(r, key)
		}
	}
	return r
}

// packageWord is how the archive package is named among what is lacking.
const packageWord = "归档包"

// lacking names what a document still wants: of the four kinds of papers of an issued one (ARCH-14, DOC-OUT-05), and the
// archive package of an electronic one, made of it as it is now (ARCH-28).
func (d *document) lacking(c *engine.Case, tx *db.Tx) string {
	var missing []string
	if d.issued() {
		have, _ := d.fields["materials"].([]any)
		for _, m := range []string{"定稿", "正本", "有关材料", "电子件"} {
			if !slices.Contains(have, any(m)) {
				missing = append(missing, m)
			}
		}
	}
	if d.packed != d.version && d.electronic(c) && tx.Lag() <= longPast {
		missing = append(missing, packageWord)
	}
	return strings.Join(missing, "、")
}

// electronic tells whether a document is to have an archive package.
func (d *document) electronic(c *engine.Case) bool {
	p := c.Kind(d.kind)
	return p != nil && !d.sealed && isElectronic(p, d.fields)
}

// scope 归档范围和保管期限表: the first line that fits gives the term (国家档案局令第8号). An office has its own approved
// table; this one is the start, and every change of a proposed term is kept with its reason (ARCH-31).
var scope = []struct {
	term, ground string
	fits         func(d *document) bool
}{
	{"永久", "本机关制定的规范性文件", func(d *document) bool { return d.issued() && d.flag("normative") }},
	{"永久", "本机关发布的决议、决定、命令、公报、公告、意见和会议纪要", func(d *document) bool {
		return d.issued() && d.is("doc_kind", "决议", "决定", "命令", "公报", "公告", "意见", "纪要")
	}},
	{"永久", "本机关重要的请示、报告、批复和制发的重要文件", func(d *document) bool { return d.issued() && d.is("importance", "重要") }},
	{"永久", "与同级机关联合制发的文件，本机关主办", func(d *document) bool { return d.kind == "joint-issue" }},
	{"10年", "一般性函件和会议通知", func(d *document) bool { return d.is("doc_kind", "函", "便函", "会议通知") }},
	{"30年", "本机关制发的一般文件", func(d *document) bool { return d.issued() }},
	{"永久", "上级机关制发、本机关主管业务的重要文件", func(d *document) bool { return d.is("relation", "上级来文") && d.flag("major") }},
	{"30年", "上级机关制发、需要贯彻执行的文件", func(d *document) bool { return d.is("relation", "上级来文") && d.text("lead_unit") != "" }},
	{"30年", "下级机关的请示和重要报告", func(d *document) bool {
		return d.is("relation", "下级来文") && (d.flag("major") || strings.HasSuffix(d.title, "请示"))
	}},
	{"30年", "同级机关需要办理的重要文件", func(d *document) bool { return d.is("relation", "平级来文") && d.flag("major") }},
	{"10年", "供参阅的来文和一般性来文", func(*document) bool { return true }},
}

func (d *document) issued() bool { return d.kind == "outgoing" || d.kind == "joint-issue" }

func (d *document) term() (term, ground string) {
	for _, s := range scope {
		if s.fits(d) {
			return s.term, s.ground
		}
	}
	return "", ""
}
