package layout

import (
	"testing"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/font"
)

// TestOptions: each point the standard leaves open can be set, and does what it says.
func TestOptions(t *testing.T) {
	notice := &gongwen.Document{
		Layout: gongwen.General, Issuers: []string{"临溪县人民政府"}, Number: "临政发〔2026〕12号", Urgency: "特急",
		Title: "临溪县人民政府关于防汛工作的通知", Body: []gongwen.Block{{Text: "特此通知。"}},
		Attachments: []gongwen.Attachment{{Title: "清单"}}, Printer: "临溪县人民政府办公室", PrintDate: "2026年3月6日",
	}
	letter := *notice
	letter.Layout = gongwen.Letter
	set := func(d *gongwen.Document, o Options, el Element) Run {
		for _, p := range Lay(d, font.Embedded(), o) {
			for _, r := range p.Runs {
				if r.Element == el {
					return r
				}
			}
		}
		t.Fatalf("没有%s", el)
		return Run{}
	}
	if r := set(notice, Options{SpacedWords: true}, Urgency); r.Text() != "特　急" {
		t.Errorf("加空格的紧急程度为%q", r.Text())
	}
	if r := set(notice, Options{MarkSize: 30}, Mark); r.Size != 30 {
		t.Errorf("标志字号为%v磅", r.Size)
	}
	if a, b := set(notice, Options{}, Mark), set(notice, Options{MarkByBox: true}, Mark); a.Y >= b.Y {
		t.Errorf("按字身量的标志应低于按墨迹量的：%.2f、%.2f", b.Y, a.Y)
	}
	if r := set(notice, Options{TitleCharacters: 12}, Title); len(r.Glyphs) > 12 {
		t.Errorf("标题每行限12字，得%q", r.Text())
	}
	if r := set(notice, Options{AttachmentTitleSize: 16}, AttachmentTitle); r.Size != 16 {
		t.Errorf("附件标题字号为%v磅", r.Size)
	}
	if a, b := set(&letter, Options{}, Title), set(&letter, Options{LetterTitleBlank: 1}, Title); a.Y-b.Y < pitch-0.01 || a.Y-b.Y > pitch+0.01 {
		t.Errorf("信函标题少空一行，应上移一行，得%.2f毫米", a.Y-b.Y)
	}
	if n := len(Lay(notice, font.Embedded(), Options{ImprintEven: true})); n%2 != 0 {
		t.Errorf("版记应在双页，共%d页", n)
	}
	if pages := Lay(notice, font.Embedded(), Options{RedRule: 0.9}); pages[0].Rules[0].Width != 0.9 {
		t.Errorf("红线粗%.2f毫米", pages[0].Rules[0].Width)
	}
}
