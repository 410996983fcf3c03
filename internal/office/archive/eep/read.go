package eep

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/emmansun/gmsm/sm3"
)

// Contents 封装内容 is what was found in a package.
type Contents struct {
	Type      Type
	Record    map[string]string // the record's own elements with a text, by name
	Documents []Found
	Acts      int
	Agents    int
	Lacking   []string // elements that every package must have and this one has not
}

// Found 文档 is a file that was found, with what its attributes say and what its bytes are.
type Found struct {
	ID, Title, Name, Format string
	Stated                  int64  // 计算机文件大小
	Size                    int64  // of the bytes
	Digest                  string // SM3 of the bytes, hexadecimal
}

// required are the elements of the record that must be filled (DA/T 46-2009; those which practice holds to be mandatory).
var required = []string{"聚合层次", "立档单位名称", "电子文件号", "年度", "题名", "责任者", "日期"}

// codeParts are the parts of an archival code, which is whole or not there.
var codeParts = []string{"全宗号", "保管期限", "机构或问题", "类别号", "室编件号"}

// Read reads a package through. The error tells that it cannot be read: it is not XML, not a package, or a file's bytes
// are not base64. What can be read but is not complete stands in Lacking.
func Read(r io.Reader) (*Contents, error) {
	b := &reader{in: bufio.NewReaderSize(r, 64<<10), found: &Contents{Record: map[string]string{}}}
	d := xml.NewDecoder(b)
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if err := b.token(t); err != nil {
			return nil, err
		}
	}
	if b.root != "电子文件封装包" {
		return nil, fmt.Errorf("%q is not a package", b.root)
	}
	b.found.judge()
	return b.found, nil
}

// reader hands the XML on to its decoder without the bytes of the files, which it decodes by itself as they pass.
type reader struct {
	in     *bufio.Reader
	tail   []byte // what was handed on last, to know the opening of a file's bytes
	files  []sum  // of the files, in order
	inFile bool   // the next bytes are a file's

	found *Contents
	path  []string
	root  string
	text  strings.Builder
}

type sum struct {
	size   int64
	digest string
}

const opening = "<" + encoded + ">"

func (b *reader) Read(p []byte) (int, error) {
	if b.inFile {
		b.inFile = false
		if err := b.file(); err != nil {
			return 0, err
		}
	}
	n := 0
	for n < len(p) {
		c, err := b.in.ReadByte()
		if err != nil {
			if n > 0 {
				return n, nil
			}
			return 0, err
		}
		p[n] = c
		n++
		b.tail = append(b.tail, c)
		if len(b.tail) > len(opening) {
			b.tail = b.tail[1:]
		}
		if c == '>' && string(b.tail) == opening {
			b.inFile, b.tail = true, b.tail[:0]
			return n, nil
		}
	}
	return n, nil
}

// file decodes up to the next mark and keeps the measure of what it was.
func (b *reader) file() error {
	h := sm3.New()
	n, err := io.Copy(h, base64.NewDecoder(base64.StdEncoding, untilMark{b.in}))
	b.files = append(b.files, sum{n, hex.EncodeToString(h.Sum(nil))})
	return err
}

// untilMark reads up to the next '<', which stays.
type untilMark struct{ in *bufio.Reader }

func (u untilMark) Read(p []byte) (int, error) {
	ahead, err := u.in.Peek(1)
	if err != nil {
		return 0, io.ErrUnexpectedEOF
	}
	if ahead[0] == '<' {
		return 0, io.EOF
	}
	ahead, _ = u.in.Peek(min(len(p), u.in.Buffered()))
	n := copy(p, ahead)
	if at := bytes.IndexByte(ahead[:n], '<'); at >= 0 {
		n = at
	}
	_, err = u.in.Discard(n)
	return n, err
}

func (b *reader) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		if t.Name.Space != Namespace {
			return fmt.Errorf("%s is of the namespace %q", t.Name.Local, t.Name.Space)
		}
		if b.root == "" {
			b.root = t.Name.Local
		}
		b.path = append(b.path, t.Name.Local)
		b.text.Reset()
		switch t.Name.Local {
		case "文档":
			b.found.Documents = append(b.found.Documents, Found{})
		case "业务实体":
			b.found.Acts++
		case "机构人员实体":
			b.found.Agents++
		}
	case xml.CharData:
		b.text.Write(t)
	case xml.EndElement:
		b.leave(t.Name.Local, strings.TrimSpace(b.text.String()))
		b.path = b.path[:len(b.path)-1]
		b.text.Reset()
	}
	return nil
}

func (b *reader) within(name string) bool {
	for _, p := range b.path {
		if p == name {
			return true
		}
	}
	return false
}

// leave keeps what an element said.
func (b *reader) leave(name, text string) {
	switch {
	case b.within("文档"):
		d := &b.found.Documents[len(b.found.Documents)-1]
		switch name {
		case "文档标识符":
			d.ID = text
		case "题名":
			d.Title = text
		case "格式信息":
			d.Format = text
		case "计算机文件名":
			d.Name = text
		case "计算机文件大小":
			d.Stated, _ = strconv.ParseInt(text, 10, 64) // what is no number is 0 and agrees with no file
		case encoded:
			if n := len(b.files); n > 0 {
				d.Size, d.Digest = b.files[n-1].size, b.files[n-1].digest
			}
		}
	case b.within("文件实体"):
		if text != "" {
			b.found.Record[name] = text
		}
	case b.within("业务实体"):
		if text == "" && name != "业务实体" {
			b.found.lacks(name)
		}
	case name == "封装包类型":
		b.found.Type = Type(text)
	}
}

func (c *Contents) lacks(name string) { c.Lacking = append(c.Lacking, name) }

// judge finds what is not there.
func (c *Contents) judge() {
	if c.Type != Original && c.Type != Modified {
		c.lacks("封装包类型")
	}
	for _, name := range required {
		if c.Record[name] == "" {
			c.lacks(name)
		}
	}
	given := 0
	for _, name := range codeParts {
		if c.Record[name] != "" {
			given++
		}
	}
	for _, name := range codeParts {
		if given > 0 && c.Record[name] == "" {
			c.lacks(name)
		}
	}
	for i := range c.Documents {
		if c.Documents[i].Name == "" {
			c.lacks("计算机文件名")
		}
	}
	if len(c.Documents) == 0 {
		c.lacks("文档")
	}
	if c.Acts == 0 {
		c.lacks("业务实体")
	}
	if c.Agents == 0 {
		c.lacks("机构人员实体")
	}
}
