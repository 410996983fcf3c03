package render

import (
	"bytes"
	"strings"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/layout"
	"github.com/chengqi-oa/chengqi/gongwen/ofd"
)

// OFD lays a document out and writes it as OFD (GB/T 33190-2016), within the archive subset.
func OFD(doc *gongwen.Document, opts Options) ([]byte, error) {
	return PagesOFD(doc, layout.Lay(doc, opts.fonts(), opts.Layout), opts)
}

// PagesOFD writes pages already laid out. The elements of the document go along as metadata under their names in
// GB/T 33480-2016.
func PagesOFD(doc *gongwen.Document, pages []layout.Page, opts Options) ([]byte, error) {
	file := ofd.New(ofd.Options{
		Title:   strings.ReplaceAll(doc.Title, "\n", ""),
		Author:  strings.Join(doc.Issuers, "、"),
		Subject: doc.Number,
		Created: opts.Created,
		Custom:  metadata(doc),
	})
	for _, p := range pages {
		if err := drawPage(file.AddPage(layout.PageWidth, layout.PageHeight), p, opts); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	_, err := file.WriteTo(&out)
	return out.Bytes(), err
}

// metadata lists the core items of GB/T 33480-2016 that the document itself says.
func metadata(doc *gongwen.Document) []ofd.Custom {
	var signed []string
	for _, s := range doc.Signatures {
		signed = append(signed, s.Organ+s.Title+s.Name)
	}
	var out []ofd.Custom
	for _, c := range []ofd.Custom{
		{Name: "文种", Value: string(doc.KindOf())},
		{Name: "份号", Value: doc.CopyNumber},
		{Name: "密级和保密期限", Value: doc.Secrecy.String()},
		{Name: "紧急程度", Value: doc.Urgency},
		{Name: "发文机关标志", Value: strings.Join(doc.MarkText(), "、")},
		{Name: "发文字号", Value: doc.Number},
		{Name: "签发人", Value: strings.Join(doc.Signers, "、")},
		{Name: "标题", Value: strings.ReplaceAll(doc.Title, "\n", "")},
		{Name: "主送机关", Value: doc.Recipients},
		{Name: "附件说明", Value: strings.Join(doc.AttachmentNotes, "；")},
		{Name: "发文机关或签发人署名", Value: strings.Join(signed, "、")},
		{Name: "成文日期", Value: doc.Date},
		{Name: "附注", Value: doc.Note},
		{Name: "抄送机关", Value: doc.CopiesTo},
		{Name: "印发机关", Value: doc.Printer},
		{Name: "印发日期", Value: doc.PrintDate},
	} {
		if c.Value != "" {
			out = append(out, c)
		}
	}
	return out
}
