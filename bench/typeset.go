package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/docx"
	"github.com/chengqi-oa/chengqi/gongwen/lint"
	"github.com/chengqi-oa/chengqi/gongwen/render"
)

// typesetting sets documents of about 5 and 100 pages and checks one of ten thousand characters, beside what
// LibreOffice needs for the same pages, if it is installed.
func typesetting(dir string) error {
	for _, pages := range []int{5, 100} {
		doc := longDocument(pages)
		if _, err := render.PDF(doc, render.Options{}); err != nil { // warm
			return err
		}
		ours, err := best(3, func() error { _, err := render.PDF(doc, render.Options{}); return err })
		if err != nil {
			return err
		}
		fmt.Printf("排版约 %3d 面为 PDF  %8.1f ms", pages, ms(ours))
		theirs, err := libreOffice(dir, doc)
		if err != nil {
			return err
		}
		if theirs > 0 {
			fmt.Printf("   参照 LibreOffice %8.0f ms，快 %.0f 倍", ms(theirs), float64(theirs)/float64(ours))
		} else {
			fmt.Print("   （没有安装 LibreOffice，无参照）")
		}
		fmt.Println()
	}
	doc := longDocument(20)
	took, err := best(5, func() error { lint.Check(doc, lint.Options{}); return nil })
	fmt.Printf("核校一万字公文       %8.1f ms\n", ms(took))
	return err
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func best(times int, fn func() error) (time.Duration, error) {
	least := time.Duration(0)
	for range times {
		began := time.Now()
		if err := fn(); err != nil {
			return 0, err
		}
		if took := time.Since(began); least == 0 || took < least {
			least = took
		}
	}
	return least, nil
}

func longDocument(pages int) *gongwen.Document {
	paragraph := "各单位要按照职责分工落实工作责任，逐项列出清单，明确完成时间，定期调度进展，及时协调解决存在的问题，确保各项任务按期完成。"
	var text strings.Builder
	for range pages * 8 {
		text.WriteString(paragraph + "\n")
	}
	d := &gongwen.Document{
		Layout: gongwen.General, Kind: gongwen.Notice, Issuers: []string{"临溪县人民政府"}, Number: "临政〔2026〕1号",
		Title: "临溪县人民政府关于做好有关工作的通知", Recipients: "各乡镇人民政府", Date: "2026年11月18日",
		Signatures: []gongwen.Signature{{Organ: "临溪县人民政府"}},
	}
	d.Body, _ = gongwen.ParseBody(text.String())
	return d
}

// libreOffice times the conversion of the same document from DOCX; zero when it is not installed.
func libreOffice(dir string, doc *gongwen.Document) (time.Duration, error) {
	office, err := exec.LookPath("libreoffice")
	if err != nil {
		return 0, nil //nolint:nilerr // an absent program is no error, only no reference
	}
	raw, err := docx.Write(doc, docx.Options{})
	if err != nil {
		return 0, err
	}
	path := filepath.Join(dir, "reference.docx")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		return 0, err
	}
	return best(2, func() error {
		return exec.Command(office, "-env:UserInstallation=file://"+dir+"/lo", "--headless", "--convert-to", "pdf", "--outdir", dir, path).Run()
	})
}
