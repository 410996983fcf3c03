package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/docx"
	"github.com/chengqi-oa/chengqi/gongwen/lint"
)

// form is the form a document was given in.
type form int

const (
	formText form = iota
	formDOCX
	formJSON
)

// source 来稿 is a document as given: its form, and the traces of its file a checker wants to see.
type source struct {
	doc    *gongwen.Document
	form   form
	traces *lint.Source
}

// mostSource is as large as a file of text or words may be.
const mostSource = 256 << 20

// readSource reads a document from a file, or from standard input for “-”.
func readSource(name string) (*source, error) {
	in := os.Stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("打不开%s", name)
		}
		defer f.Close()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, mostSource+1))
	if err != nil {
		return nil, fmt.Errorf("读不出%s：%w", name, err)
	}
	if len(data) > mostSource {
		return nil, fmt.Errorf("%s过大", name)
	}
	s, err := parseSource(data)
	if err != nil {
		return nil, fmt.Errorf("%s：%w", name, err)
	}
	return s, nil
}

// parseSource tells the form of a document by its first bytes, whatever the file is called.
func parseSource(data []byte) (*source, error) {
	switch {
	case bytes.HasPrefix(data, []byte("PK")), bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")):
		f, err := docx.Open(data)
		if err != nil {
			return nil, err
		}
		if strings.TrimSpace(f.Text()) == "" {
			return nil, errors.New("没有文字")
		}
		return &source{f.Document(), formDOCX, &lint.Source{
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
		return &source{doc: doc, form: formJSON}, nil
	}
	return &source{gongwen.Parse(text), formText, &lint.Source{Text: text}}, nil
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
