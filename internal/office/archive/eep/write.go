package eep

import (
	"bufio"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Write writes the package. A file whose size is not what its Document says is an error: the package would not be sound.
func (p *Package) Write(w io.Writer) error {
	b := bufio.NewWriterSize(w, 64<<10)
	x := &writer{out: b}
	x.raw(xml.Header)
	x.in("电子文件封装包", func() {
		x.leaf("封装包格式描述", format)
		x.leaf("版本", version)
		x.in("被签名对象", func() {
			x.leaf("封装包类型", string(p.Type))
			x.leaf("封装包类型描述", p.Note)
			x.leaf("封装包创建时间", instant(p.Created))
			x.leaf("封装包创建单位", p.Unit)
			x.in("封装内容", func() {
				x.in("文件实体块", func() { x.record(&p.Record) })
				x.in("业务实体块", func() { x.acts(p.Acts) })
				x.in("机构人员实体块", func() { x.agents(p.Agents) })
			})
		}, `eep版本="`+version+`"`)
	}, `xmlns="`+Namespace+`"`)
	if x.err != nil {
		return x.err
	}
	return b.Flush()
}

// writer writes elements until something fails.
type writer struct {
	out   *bufio.Writer
	depth int
	err   error
}

func (x *writer) raw(text string) {
	if x.err == nil {
		_, x.err = x.out.WriteString(text)
	}
}

func (x *writer) indent() { x.raw(strings.Repeat(" ", x.depth)) }

func (x *writer) text(s string) {
	if x.err == nil {
		x.err = xml.EscapeText(x.out, []byte(s))
	}
}

// leaf writes an element with a text; one without is left out.
func (x *writer) leaf(name, text string) {
	if text == "" {
		return
	}
	x.indent()
	x.raw("<" + name + ">")
	x.text(text)
	x.raw("</" + name + ">\n")
}

func (x *writer) count(name string, n int) {
	if n > 0 {
		x.leaf(name, strconv.Itoa(n))
	}
}

// in writes an element with others in it.
func (x *writer) in(name string, write func(), attributes ...string) {
	x.indent()
	x.raw("<" + strings.Join(append([]string{name}, attributes...), " ") + ">\n")
	x.depth++
	write()
	x.depth--
	x.indent()
	x.raw("</" + name + ">\n")
}

func (x *writer) record(r *Record) {
	x.in("文件实体", func() {
		x.leaf("聚合层次", r.Level)
		x.in("来源", func() {
			x.leaf("全宗名称", r.FondsName)
			x.leaf("立档单位名称", r.Filer)
		})
		x.leaf("电子文件号", r.ID)
		x.in("档号", func() {
			x.leaf("全宗号", r.Code.Fonds)
			x.leaf("年度", r.Code.Year)
			x.leaf("保管期限", r.Code.Term)
			x.leaf("机构或问题", r.Code.Office)
			x.leaf("类别号", r.Code.Category)
			x.leaf("室编件号", r.Code.Item)
		})
		x.content(&r.Content)
		x.in("形式特征", func() {
			x.leaf("文件组合类型", r.Form.Composition)
			x.count("件数", r.Form.Pieces)
			x.count("页数", r.Form.Pages)
			x.leaf("语种", r.Form.Language)
			x.leaf("稿本", r.Form.Draft)
		})
		x.in("存储位置", func() { x.leaf("当前位置", r.Place) })
		x.in("权限管理", func() {
			x.leaf("授权对象", r.Access.For)
			x.leaf("授权行为", r.Access.Act)
			x.leaf("控制标识", r.Access.Control)
		})
		x.leaf("附注", r.Note)
		x.in("文件数据", func() {
			for i := range r.Documents {
				x.document(i+1, &r.Documents[i])
			}
		})
	})
}

func (x *writer) content(c *Content) {
	x.in("内容描述", func() {
		x.leaf("题名", c.Title)
		x.leaf("摘要", c.Abstract)
		x.leaf("文件编号", c.Number)
		x.leaf("责任者", c.Responsible)
		x.leaf("日期", c.Date)
		x.leaf("文种", c.Kind)
		x.leaf("紧急程度", c.Urgency)
		x.leaf("主送", c.To)
		x.leaf("抄送", c.CopiesTo)
		x.leaf("密级", c.Secrecy)
	})
}

func (x *writer) document(order int, d *Document) {
	role := "从文档"
	if d.Main {
		role = "主文档"
	}
	x.in("文档", func() {
		x.leaf("文档标识符", d.ID)
		x.leaf("文档序号", strconv.Itoa(order))
		x.leaf("文档主从声明", role)
		x.leaf("题名", d.Title)
		x.in("文档数据", func() {
			x.in("电子属性", func() {
				x.leaf("格式信息", d.Format)
				x.leaf("计算机文件名", d.Name)
				x.leaf("计算机文件大小", strconv.FormatInt(d.Size, 10))
				x.leaf("文档创建程序", d.Program)
				x.leaf("信息系统描述", d.System)
			})
			x.indent()
			x.raw("<" + encoded + ">")
			x.pour(d)
			x.raw("</" + encoded + ">\n")
		})
	})
}

// encoded is the element that holds a file's bytes in base64.
const encoded = "编码"

// pour writes a file's bytes as they come.
func (x *writer) pour(d *Document) {
	if x.err != nil {
		return
	}
	in, err := d.Open()
	if err != nil {
		x.err = err
		return
	}
	defer func() { _ = in.Close() }() // only read
	out := base64.NewEncoder(base64.StdEncoding, &folded{out: x.out})
	n, err := io.Copy(out, in)
	if err == nil {
		err = out.Close()
	}
	if err == nil && n != d.Size {
		err = fmt.Errorf("%s has %d bytes, not %d", d.Name, n, d.Size)
	}
	x.err = err
}

// folded breaks lines of base64, which tools that read line by line would choke on.
type folded struct {
	out *bufio.Writer
	at  int
}

const lineLength = 76

func (f *folded) Write(p []byte) (int, error) {
	for i := 0; i < len(p); {
		if f.at == lineLength {
			f.at = 0
			if err := f.out.WriteByte('\n'); err != nil {
				return i, err
			}
		}
		n := min(lineLength-f.at, len(p)-i)
		if _, err := f.out.Write(p[i : i+n]); err != nil {
			return i, err
		}
		f.at, i = f.at+n, i+n
	}
	return len(p), nil
}

func (x *writer) acts(acts []Act) {
	for _, a := range acts {
		x.in("业务实体", func() {
			x.leaf("业务状态", a.State)
			x.leaf("业务行为", a.Name)
			x.leaf("行为时间", instant(a.At))
			x.leaf("行为依据", a.Basis)
			x.leaf("行为描述", a.Note)
		})
	}
}

func (x *writer) agents(agents []Agent) {
	for _, a := range agents {
		x.in("机构人员实体", func() {
			x.leaf("机构人员类型", a.Type)
			x.leaf("机构人员名称", a.Name)
			x.leaf("组织机构代码", a.Code)
			x.leaf("个人职位", a.Post)
		})
	}
}
