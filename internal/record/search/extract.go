package search

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// Bounds on what a hostile or huge file may cost. Text beyond the bound is not searchable, the file is kept whole.
const (
	maxFile    = 64 << 20 // bytes of the file
	maxPart    = 64 << 20 // bytes of one unpacked part
	maxText    = 2 << 20  // bytes of text taken
	pdfTimeout = 20 * time.Second
)

// ErrNoText says the kind of file holds no text we can read (pictures, old binary formats).
var ErrNoText = errors.New("search: no text can be read from this kind of file")

// Extract reads the text of a file for the index: PDF, OFD, DOCX, XLSX and plain text in UTF-8 or GB 18030. The bytes
// tell the kind; the media type is asked only of what has no signature.
func Extract(ctx context.Context, mediaType string, data []byte) (string, error) {
	if len(data) > maxFile {
		return "", fmt.Errorf("search: file of %d bytes is too large to index", len(data))
	}
	switch {
	case bytes.HasPrefix(data, []byte("%PDF-")):
		return pdfText(ctx, data)
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return packageText(data)
	case strings.HasPrefix(mediaType, "text/"):
		return plainText(data)
	default:
		return "", ErrNoText
	}
}

// plainText takes UTF-8 as it is and anything else as GB 18030, the encoding of older Chinese systems.
func plainText(data []byte) (string, error) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if utf8.Valid(data) {
		return clip(string(data)), nil
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	return clip(string(text)), err
}

// pdfText prefers poppler where it is installed: it reads more fonts, and a bad file ends with its process.
func pdfText(ctx context.Context, data []byte) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, pdfTimeout)
	defer cancel()
	if tool, err := exec.LookPath("pdftotext"); err == nil {
		cmd := exec.CommandContext(ctx, tool, "-enc", "UTF-8", "-nopgbrk", "-", "-")
		cmd.Stdin = bytes.NewReader(data)
		if out, err := cmd.Output(); err == nil {
			return clip(string(out)), nil
		}
	}
	return readPDF(ctx, data)
}

// readPDF reads in this process. The library panics on malformed files; that is an error like any other.
func readPDF(ctx context.Context, data []byte) (text string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("search: malformed PDF: %v", p)
		}
	}()
	r, err := pdf.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", fmt.Errorf("search: read PDF: %w", err)
	}
	var b strings.Builder
	for i := 1; i <= r.NumPage() && b.Len() < maxText; i++ {
		if err := ctx.Err(); err != nil {
			return clip(b.String()), err
		}
		page, err := r.Page(i).GetPlainText(nil)
		if err != nil {
			return clip(b.String()), fmt.Errorf("search: read PDF page %d: %w", i, err)
		}
		b.WriteString(page)
		b.WriteByte('\n')
	}
	return clip(b.String()), nil
}

// packageKind is a format made of XML parts in a zip file: where its text stands, and which elements end a line.
type packageKind struct {
	part  func(name string) bool
	text  string
	space []string
}

var packageKinds = []packageKind{
	{part: oneOf("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"), text: "t", space: []string{"p", "br", "tab", "cr"}},
	{part: oneOf("xl/sharedStrings.xml"), text: "t", space: []string{"si"}},
	// OFD (GB/T 33190-2016): every page has a Content.xml with TextCode elements.
	{part: func(name string) bool { return strings.HasSuffix(name, "/Content.xml") }, text: "TextCode", space: []string{"TextObject"}},
}

func oneOf(names ...string) func(string) bool {
	return func(name string) bool { return slices.Contains(names, name) }
}

func packageText(data []byte) (string, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", fmt.Errorf("search: read package: %w", err)
	}
	for _, kind := range packageKinds {
		var b strings.Builder
		found := false
		for _, f := range archive.File {
			if !kind.part(f.Name) || b.Len() >= maxText {
				continue
			}
			found = true
			if err := kind.read(f, &b); err != nil {
				return clip(b.String()), fmt.Errorf("search: read %s: %w", f.Name, err)
			}
		}
		if found {
			return clip(b.String()), nil
		}
	}
	return "", ErrNoText
}

// read appends the text of one part.
func (k packageKind) read(f *zip.File, b *strings.Builder) error {
	part, err := f.Open()
	if err != nil {
		return err
	}
	defer part.Close()
	tokens := xml.NewDecoder(io.LimitReader(part, maxPart))
	inText := false
	for b.Len() < maxText {
		token, err := tokens.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			inText = t.Name.Local == k.text
		case xml.EndElement:
			inText = false
			if slices.Contains(k.space, t.Name.Local) {
				b.WriteByte('\n')
			}
		case xml.CharData:
			if inText {
				b.Write(t)
			}
		}
	}
	return nil
}

// clip bounds a text without cutting a character in two, and drops NUL, which PostgreSQL refuses.
func clip(s string) string {
	if len(s) > maxText {
		s = s[:maxText]
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", "")
}
