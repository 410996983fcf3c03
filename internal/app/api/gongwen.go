package api

import (
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/docx"
	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/gongwen/layout"
	"github.com/chengqi-oa/chengqi/gongwen/lint"
	"github.com/chengqi-oa/chengqi/gongwen/lint/finished"
	"github.com/chengqi-oa/chengqi/gongwen/render"
	"github.com/chengqi-oa/chengqi/gongwen/source"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/office/typeset"
	"github.com/chengqi-oa/chengqi/internal/record/org"
	"github.com/chengqi-oa/chengqi/internal/record/search"
	"github.com/chengqi-oa/chengqi/internal/record/secrecy"
	"github.com/chengqi-oa/chengqi/internal/record/viewing"
)

// Limits of a draft that is taken into the form: beyond them it is an attachment, not a text one drafts.
const (
	mostDraft      = 20 << 20 // bytes
	mostDraftRunes = 200_000
)

func (s *Server) gongwenRoutes() {
	s.draftRoute()
	download(s, "/matters/{id}/paper.ofd", "下载版式文件", business, s.documentFile("ofd", "application/ofd", render.OFD))
	download(s, "/matters/{id}/paper.docx", "下载 Word 文稿", business, s.documentFile("docx",
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		func(doc *gongwen.Document, o render.Options) ([]byte, error) {
			return docx.Write(doc, docx.Options{Watermark: o.Watermark})
		}))
}

// documentFile writes the official document of a matter in a format that only documents have; forms are printed as PDF.
func (s *Server) documentFile(ext, mime string, write func(*gongwen.Document, render.Options) ([]byte, error)) func(context.Context, caller, *paperInput, http.ResponseWriter, *http.Request) error {
	return func(ctx context.Context, c caller, in *paperInput, w http.ResponseWriter, _ *http.Request) error {
		var doc *gongwen.Document
		var v *viewer
		err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
			var sh sheetView
			var err error
			if v, sh, err = s.paperOf(tx, c.person, in); err != nil {
				return err
			}
			if sh.Key != documentSheet {
				return errs.New(errs.NotFound, "只有公文有 %s 文件，这张单请用打印", strings.ToUpper(ext))
			}
			doc = typeset.Document(v.m.Fields, v.m.Number, v.w)
			return nil
		})
		if err == nil {
			err = s.viewed(ctx, c, v.m, viewing.Download, "公文."+ext)
		}
		if err != nil {
			return err
		}
		raw, err := write(doc, v.rendering())
		if err != nil {
			return err
		}
		attach(w, "公文 "+strings.ReplaceAll(doc.Title, "\n", "")+"."+ext, mime, true)
		_, _ = w.Write(raw) // the reader may be gone
		return nil
	}
}

type draftForm struct {
	RawBody huma.MultipartFormFiles[struct {
		File huma.FormFile `form:"file" required:"true"`
	}]
}

// draftView 来稿 is a draft taken apart: what belongs in which field of the form, and what the check says of the file.
type draftView struct {
	Fields   map[string]any `json:"fields"`
	Findings []findingView  `json:"findings"`
}

// draftRoute reads a draft written elsewhere, in Word or as text, for the form. Nothing is stored.
func (s *Server) draftRoute() {
	op := operation(http.MethodPost, "/gongwen/import", "从 Word 导入文稿", business)
	op.MaxBodyBytes = mostDraft + formRoom
	huma.Register(s.api, op, func(ctx context.Context, in *draftForm) (*answer[*draftView], error) {
		c := callerOf(ctx)
		got := in.RawBody.Data().File
		defer func(f multipart.File) { _ = f.Close() }(got) // only read
		out, err := s.readDraft(ctx, c.person, got)
		if err != nil {
			return nil, problemOf(err)
		}
		return &answer[*draftView]{out}, nil
	})
}

func (s *Server) readDraft(ctx context.Context, person db.ID, file io.Reader) (*draftView, error) {
	raw, err := io.ReadAll(io.LimitReader(file, mostDraft+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > mostDraft {
		return nil, notImported("文件超过 20 MB；大的材料请作为附件上传")
	}
	in, err := source.Read(raw)
	if err != nil {
		return nil, notImported(err.Error())
	}
	if in.Form == source.JSON {
		return nil, notImported("只能导入 Word（.docx）或文本文件")
	}
	if utf8.RuneCountInString(in.Traces.Text) > mostDraftRunes {
		return nil, notImported("文稿超过 20 万字；大的材料请作为附件上传")
	}
	if err := unmarked(ctx, in, raw); err != nil {
		return nil, err
	}
	out := &draftView{Findings: []findingView{}}
	err = s.app.DB.Read(ctx, func(tx *db.Tx) error {
		dir, err := s.app.Book.Directory(tx)
		if err == nil {
			out.Fields = draftFields(in.Doc, dir.Issuers(dir.Person(person).Agency))
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	pages := layout.Lay(in.Doc, font.Embedded(), layout.Options{})
	out.Findings = append(out.Findings, findings(in.Doc, lint.Options{Source: in.Traces, Geometry: finished.Of(in.Doc, pages)})...)
	return out, nil
}

func notImported(why string) error { return errs.Refuse("没有导入", errs.Reason{Text: why}) }

// unmarked refuses a draft that bears a secrecy mark anywhere in its file, hidden words and headers included, or whose
// head names a level (SEC-09).
func unmarked(ctx context.Context, in *source.File, raw []byte) error {
	whole, err := search.Extract(ctx, "text/plain", raw)
	if err != nil {
		whole = "" // what was read of it is still looked at
	}
	marks := secrecy.Marks(in.Traces.Text + "\n" + whole)
	if level := in.Doc.Secrecy.Level; level != "" && len(marks) == 0 {
		marks = []string{level}
	}
	if len(marks) == 0 {
		return nil
	}
	return errs.Refuse("没有导入", errs.Reason{
		Text: "文稿上标有密级“" + strings.Join(marks, "、") + "”，国家秘密不得进入本系统；请按保密规定处理，并报告保密员", Clause: "SEC-09",
	})
}

// draftFields are the fields of a drafting form that the parts of a document belong in. Number, dates, signature and
// seal are left out: the office gives them when it signs and numbers the document.
func draftFields(d *gongwen.Document, issuers []*org.Issuer) map[string]any {
	out := map[string]any{}
	put := func(field, text string) {
		if text != "" {
			out[field] = text
		}
	}
	put("title", strings.ReplaceAll(d.Title, "\n", ""))
	put("doc_kind", string(d.KindOf()))
	put("recipients", d.Recipients)
	put("body", strings.TrimSpace(gongwen.FormatBody(d.Body, d.Attachments)))
	put("attachment_names", strings.Join(d.AttachmentNotes, "\n"))
	put("copies_to", d.CopiesTo)
	put("annotation", d.Note)
	put("urgency", d.Urgency)
	if d.Layout == gongwen.Upward {
		put("direction", "上行")
	}
	if d.WorkSecret {
		out["work_secret"] = true
	}
	if len(d.Issuers) > 0 {
		if i := slices.IndexFunc(issuers, func(i *org.Issuer) bool { return i.Name == d.Issuers[0] }); i >= 0 {
			out["issuer"] = issuers[i].ID.String()
		}
	}
	return out
}

// findings are what the check says, as the interface shows it.
func findings(doc *gongwen.Document, opts lint.Options) []findingView {
	var out []findingView
	for _, f := range lint.Check(doc, opts) {
		out = append(out, findingView{
			string(f.Severity), f.ID, f.Place.String(), string(f.Place.Part), f.Place.Index, f.Place.Start, f.Place.End, f.Text, f.Message, f.Basis, f.Fix,
		})
	}
	return out
}
