// Package typeset 排版 makes the official document of a matter that has one: it reads the drafting fields and gives the
// model that gongwen lays out, prints and checks, and when it is issued keeps the finished files with the matter. It stores
// nothing else. Invariant: what the screen shows, what is printed, checked and kept come from this one model.
package typeset

import (
	"slices"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/org"
	"github.com/chengqi-oa/chengqi/workday"
)

// Has tells whether matters of the kind carry an official document: whether there is a body to draft.
func Has(p *engine.Procedure) bool {
	return slices.ContainsFunc(p.Fields, func(f engine.Field) bool { return f.Type == engine.Body })
}

// Document is the official document of a matter as it stands, or as its draft would be with other field values.
func Document(fields map[string]any, number string, w engine.World) *gongwen.Document {
	f := drafted{fields, w.Dir}
	d := &gongwen.Document{
		Kind: gongwen.Kind(f.text("doc_kind")), Number: number, Title: f.text("title"), Recipients: strings.TrimRight(f.text("recipients"), "：:"),
		Note: strings.Trim(f.text("annotation"), "（）()"), CopiesTo: strings.TrimRight(f.text("copies_to"), "。."),
		AttachmentNotes: lines(f.text("attachment_names")),
	}
	d.WorkSecret, _ = fields["work_secret"].(bool)
	d.Body, d.Attachments = gongwen.ParseBody(f.text("body"))
	if u := f.text("urgency"); u == "加急" || u == "特急" {
		d.Urgency = u
	}
	f.issuers(d)
	d.Layout = layoutOf(d.Kind, f.text("direction"))
	if d.Layout == gongwen.Upward {
		if signer := f.dir.Person(f.id("signer")); signer != nil {
			d.Signers = []string{signer.Name}
		} else if i := f.dir.Issuer(f.id("issuer")); i != nil && f.dir.Person(i.Principal) != nil {
			d.Signers = []string{f.dir.Person(i.Principal).Name}
		}
	}
	d.Date = chineseDay(f.text("doc_date"), w.Now)
	d.PrintDate = d.Date
	if day := f.text("issue_date"); day != "" {
		d.PrintDate = chineseDay(day, w.Now)
	}
	return d
}

type drafted struct {
	fields map[string]any
	dir    *org.Directory
}

func (f drafted) text(key string) string {
	s, _ := f.fields[key].(string)
	return strings.TrimSpace(s)
}

func (f drafted) id(key string) db.ID {
	id, err := db.ParseID(f.text(key))
	if err != nil {
		return 0
	}
	return id
}

// issuers sets the issuing organs, their signatures and seals, and the organ that prints.
func (f drafted) issuers(d *gongwen.Document) {
	ids := []db.ID{f.id("issuer")}
	for _, key := range []string{"joint_issuers", "joint_with", "co_issuers"} {
		list, _ := f.fields[key].([]any)
		for _, v := range list {
			s, _ := v.(string)
			if id, err := db.ParseID(s); err == nil && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	for _, id := range ids {
		i := f.dir.Issuer(id)
		if i == nil {
			continue
		}
		d.Issuers = append(d.Issuers, i.Name)
		d.Signatures = append(d.Signatures, gongwen.Signature{Organ: i.Name})
		d.Seals = append(d.Seals, gongwen.Seal{Organ: i.Name})
	}
	if lead := f.dir.Issuer(ids[0]); lead != nil {
		d.Printer = printer(f.dir, lead)
	}
}

// printer is the organ that has a document printed: the office of a committee or government, or the issuer itself.
func printer(dir *org.Directory, i *org.Issuer) string {
	if i.Office {
		return i.Name
	}
	for _, other := range dir.Issuers(i.Agency) {
		if other.Office && other.Side == i.Side {
			return other.Name
		}
	}
	return i.Name
}

func layoutOf(kind gongwen.Kind, direction string) gongwen.Layout {
	switch {
	case kind == gongwen.LetterKind || kind == "便函":
		return gongwen.Letter
	case kind == gongwen.Command:
		return gongwen.Order
	case kind == gongwen.MinutesKind:
		return gongwen.Minutes
	case direction == "上行":
		return gongwen.Upward
	}
	return gongwen.General
}

func lines(s string) []string {
	var out []string
	for _, l := range strings.Split(s, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// chineseDay writes a day; before signing it is today's, as the draft will show when signed now.
func chineseDay(day string, now time.Time) string {
	d, err := workday.ParseDay(day)
	if err != nil {
		d = workday.DayOf(now)
	}
	return d.Chinese()
}
