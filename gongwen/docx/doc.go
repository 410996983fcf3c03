// Package docx exchanges official documents with office software: it reads the DOCX files officials write, whatever
// their shape, and writes a document as a flow document with styles, sections and fields that Word, WPS and
// LibreOffice open with the look of GB/T 9704-2012 (ISO/IEC 29500, transitional).
//
// It manages text, tables and numbering. It keeps no pictures, no seals (an editable file must not carry one), no
// changes that were struck out and no hidden words; File counts what it left out, as a checker wants to know.
//
// Invariant: any input gives a document or an error that says why not, in bounded time and memory.
package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/chengqi-oa/chengqi/gongwen"
)

// File 来稿 is a DOCX as read.
type File struct {
	Lines     []string // one a paragraph; tables in the text form of package gongwen
	Revisions int      // 修订: insertions and deletions not yet settled
	Comments  int      // 批注
	Hidden    int      // 隐藏文字: stretches left out
	Author    string   // 文件属性中的作者
}

// Text gives the words in the text form.
func (f *File) Text() string { return strings.Join(f.Lines, "\n") }

// Document recognises the parts of the document.
func (f *File) Document() *gongwen.Document { return gongwen.Parse(f.Text()) }

// Limits of what is read: no document typed by people comes near them.
const (
	mostPart  = 64 << 20 // bytes of one part, unpacked
	mostLines = 200_000
	mostDepth = 200
)

// Errors of files that are no readable DOCX.
var (
	ErrNotDOCX  = errors.New("不是DOCX文件")
	ErrOldWord  = errors.New("这是旧版Word文件（.doc）或加密文件，请另存为DOCX后再导入")
	ErrTooLarge = errors.New("文件过大或结构异常，无法读取")
)

// Read reads the document in a DOCX file.
func Read(data []byte) (*gongwen.Document, error) {
	f, err := Open(data)
	if err != nil {
		return nil, err
	}
	return f.Document(), nil
}

// Open reads a DOCX file.
func Open(data []byte) (*File, error) {
	if bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")) {
		return nil, ErrOldWord
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, ErrNotDOCX
	}
	p := pack{files: map[string]*zip.File{}}
	for _, e := range z.File {
		// Some programs write the names with backslashes or a leading slash.
		p.files[strings.TrimPrefix(strings.ReplaceAll(e.Name, `\`, "/"), "/")] = e
	}
	main := p.main()
	body, err := p.part(main)
	if err != nil {
		return nil, err
	}
	f := &File{Author: p.author()}
	styles, numbering := newStyles(p.beside(main, "styles.xml")), newNumbering(p.beside(main, "numbering.xml"))
	r := reader{file: f, styles: styles, numbering: numbering}
	if err := r.read(xml.NewDecoder(bytes.NewReader(body))); err != nil {
		return nil, err
	}
	f.Comments += strings.Count(string(p.beside(main, "comments.xml")), "<w:comment ")
	return f, nil
}

// pack is the package of parts.
type pack struct{ files map[string]*zip.File }

func (p pack) part(name string) ([]byte, error) {
	e := p.files[name]
	if e == nil {
		return nil, fmt.Errorf("%w：缺少%s", ErrNotDOCX, name)
	}
	r, err := e.Open()
	if err != nil {
		return nil, fmt.Errorf("%w：%s", ErrNotDOCX, name)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, mostPart+1))
	if err != nil {
		return nil, fmt.Errorf("%w：%s已损坏", ErrNotDOCX, name)
	}
	if len(data) > mostPart {
		return nil, ErrTooLarge
	}
	return data, nil
}

// beside gives a part in the folder of the main one; none is empty.
func (p pack) beside(main, name string) []byte {
	data, err := p.part(path.Join(path.Dir(main), name))
	if err != nil {
		return nil
	}
	return data
}

// main finds the part with the text by the relations of the package.
func (p pack) main() string {
	var rels struct {
		List []struct {
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if data, err := p.part("_rels/.rels"); err == nil && xml.Unmarshal(data, &rels) == nil {
		for _, r := range rels.List {
			if strings.HasSuffix(r.Type, "/officeDocument") {
				return path.Clean(strings.TrimPrefix(r.Target, "/"))
			}
		}
	}
	return "word/document.xml"
}

func (p pack) author() string {
	var core struct {
		Creator string `xml:"creator"`
	}
	if data, err := p.part("docProps/core.xml"); err == nil {
		_ = xml.Unmarshal(data, &core) // an unreadable property is none
	}
	return strings.TrimSpace(core.Creator)
}
