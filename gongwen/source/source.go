// Package source reads an official document in whatever file it comes: the text form or pasted text in any encoding
// offices use, DOCX, or the JSON of the model.
//
// It manages telling these apart and keeping the traces a checker wants to see. It does not recognise the parts of a
// document (package gongwen) nor unpack office files (package docx). Invariant: any bytes give a document or an error
// that says in Chinese why not.
package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/docx"
	"github.com/chengqi-oa/chengqi/gongwen/lint"
)

// Form 来稿形式 tells in which of the three ways a document was given.
type Form int

const (
	Text Form = iota // 文本: the text form, or pasted text
	DOCX             // Word 文档
	JSON             // 模型: what chengqi gongwen parse writes
)

// File 来稿 is a document as given: its form, and the traces of its file that the model does not keep.
type File struct {
	Doc    *gongwen.Document
	Form   Form
	Traces *lint.Source // nil for JSON
}

// Read tells the form of a document by its first bytes, whatever the file is called, and reads it.
func Read(data []byte) (*File, error) {
	switch {
	case bytes.HasPrefix(data, []byte("PK")), bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")):
		f, err := docx.Open(data)
		if err != nil {
			return nil, err
		}
		if strings.TrimSpace(f.Text()) == "" {
			return nil, errors.New("没有文字")
		}
		return &File{f.Document(), DOCX, &lint.Source{
			Text: f.Text(), Revisions: f.Revisions, Comments: f.Comments, Hidden: f.Hidden, Author: f.Author,
		}}, nil
	case bytes.HasPrefix(data, []byte("%PDF")):
		return nil, errors.New("PDF不能导入，请用原来的文本或DOCX文件")
	case bytes.HasPrefix(data, []byte(`{\rtf`)):
		return nil, errors.New("RTF不能导入，请另存为DOCX")
	}
	text, err := decodeText(data)
	if err != nil {
		return nil, err
	}
	if strings.HasPrefix(strings.TrimSpace(text), "{") {
		doc := &gongwen.Document{}
		if err := json.Unmarshal([]byte(text), doc); err != nil {
			return nil, fmt.Errorf("JSON有误：%w", err)
		}
		return &File{Doc: doc, Form: JSON}, nil
	}
	return &File{gongwen.Parse(text), Text, &lint.Source{Text: text}}, nil
}

// decodeText reads text in UTF-8, UTF-16 with its mark, or GB 18030, in which older programs of offices write.
func decodeText(data []byte) (string, error) {
	if bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF}) {
		data, _, _ = transform.Bytes(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder(), data)
	}
	if !utf8.Valid(data) {
		decoded, _, err := transform.Bytes(simplifiedchinese.GB18030.NewDecoder(), data)
		if err != nil || bytes.Count(decoded, []byte("\uFFFD")) > len(data)/50 {
			return "", errors.New("不是文本、DOCX或JSON文件")
		}
		data = decoded
	}
	text := strings.TrimPrefix(string(data), "\uFEFF")
	if strings.TrimSpace(text) == "" {
		return "", errors.New("没有文字")
	}
	control := 0
	for _, r := range text {
		if r < ' ' && !strings.ContainsRune("\t\n\v\f\r", r) {
			control++
		}
	}
	if control > len(text)/100 {
		return "", errors.New("不是文本、DOCX或JSON文件")
	}
	return text, nil
}
