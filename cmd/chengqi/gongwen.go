package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/docx"
	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/gongwen/lint"
	"github.com/chengqi-oa/chengqi/gongwen/lint/finished"
	"github.com/chengqi-oa/chengqi/gongwen/render"
	"github.com/chengqi-oa/chengqi/gongwen/source"
)

// gongwenCmd 公文: typesets, checks and reads official documents without a server.
type gongwenCmd struct {
	Render gongwenRender `cmd:"" help:"按GB/T 9704排版，写成PDF、OFD、DOCX或SVG。"`
	Check  gongwenCheck  `cmd:"" help:"核校公文。没有问题退出码为0，有问题为1，无法读取为2。"`
	Parse  gongwenParse  `cmd:"" help:"识别公文各要素，写成JSON。"`
}

// Exit codes of the command, besides 0.
const (
	exitFindings exitCode = 1
	exitUnusable exitCode = 2
)

// unusable tells why nothing could be done.
func unusable(k *kong.Context, err error) error {
	fmt.Fprintln(k.Stderr, err)
	return exitUnusable
}

type gongwenRender struct {
	File   string            `arg:"" name:"公文" help:"文本、DOCX或JSON文件，-为标准输入。"`
	Output string            `short:"o" required:"" help:"写到的文件，格式按后缀：pdf、ofd、docx、svg、txt、json。"`
	Strict bool              `help:"三号字按15.75磅（字格严格）。"`
	Even   bool              `help:"版记在偶数页，供双面印制。"`
	Font   map[string]string `help:"本单位有使用许可的字体：仿宋=文件，可多次。" placeholder:"用途=文件"`
}

// Run typesets one document.
func (c *gongwenRender) Run(k *kong.Context) error {
	in, err := readSource(c.File)
	if err != nil {
		return unusable(k, err)
	}
	opts := render.Options{}
	opts.Layout.ImprintEven = c.Even
	if opts.Fonts, err = licensed(c.Font); err != nil {
		return unusable(k, err)
	}
	if c.Strict {
		in.Doc.Profile = gongwen.Strict
	}
	if err := writeDocument(c.Output, in.Doc, opts); err != nil {
		return unusable(k, err)
	}
	return nil
}

// fontRoles are the uses of a font as the command names them.
var fontRoles = map[string]font.Role{
	"仿宋": font.FangSong, "小标宋": font.Title, "黑体": font.Hei, "楷体": font.Kai, "宋体": font.Song, "西文": font.Roman,
}

// licensed gives the embedded fonts with those of the office in their place.
func licensed(files map[string]string) (*font.Set, error) {
	set := font.Embedded()
	for name, file := range files {
		role, ok := fontRoles[name]
		if !ok {
			return nil, fmt.Errorf("没有“%s”这种字体用途，可用仿宋、小标宋、黑体、楷体、宋体、西文", name)
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		f, err := font.Parse(data, 0)
		if err != nil {
			return nil, fmt.Errorf("字体%s：%w", file, err)
		}
		set = set.With(role, f)
	}
	return set, nil
}

// writeDocument writes a document in the format its name asks for.
func writeDocument(name string, doc *gongwen.Document, opts render.Options) error {
	var data []byte
	var err error
	switch format := strings.ToLower(filepath.Ext(name)); format {
	case ".pdf":
		data, err = render.PDF(doc, opts)
	case ".ofd":
		data, err = render.OFD(doc, opts)
	case ".docx":
		data, err = docx.Write(doc, docx.Options{Layout: opts.Layout, Fonts: opts.Fonts})
	case ".svg":
		return writePictures(name, doc, opts)
	case ".txt":
		data = []byte(gongwen.Format(doc))
	case ".json":
		data, err = json.MarshalIndent(doc, "", "  ")
	default:
		return fmt.Errorf("不能写成“%s”格式，可用pdf、ofd、docx、svg、txt、json", strings.TrimPrefix(format, "."))
	}
	if err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o644)
}

// writePictures writes one file a page: the name itself for a single page, else name-1.svg, name-2.svg …
func writePictures(name string, doc *gongwen.Document, opts render.Options) error {
	pages, err := render.SVG(doc, opts)
	if err != nil {
		return err
	}
	for i, page := range pages {
		file := name
		if len(pages) > 1 {
			file = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(name, filepath.Ext(name)), i+1, filepath.Ext(name))
		}
		if err := os.WriteFile(file, []byte(page), 0o644); err != nil {
			return err
		}
	}
	return nil
}

type gongwenCheck struct {
	File   string   `arg:"" optional:"" name:"公文" help:"文本、DOCX或JSON文件，-为标准输入。"`
	Rules  bool     `help:"列出全部核校规则。"`
	JSON   bool     `name:"json" help:"写成JSON。"`
	Fix    bool     `help:"改正有把握的问题，写回原文件（DOCX须用-o指明）。"`
	Output string   `short:"o" help:"改正后写到的文件，格式按后缀。"`
	Skip   []string `help:"不用的规则编号。" placeholder:"编号"`

	Classified bool   `help:"本机经批准处理国家秘密。"`
	Publicity  string `help:"公开属性：主动公开、依申请公开、不予公开。" enum:",主动公开,依申请公开,不予公开" default:""`
}

// checked is what the check of one document found, for programs.
type checked struct {
	File     string                `json:"file"`
	Findings []lint.Finding        `json:"findings"`
	Summary  map[lint.Severity]int `json:"summary"`
	Fixed    int                   `json:"fixed,omitempty"`
}

// Run checks one document or lists the rules.
func (c *gongwenCheck) Run(k *kong.Context) error {
	if c.Rules {
		return listRules(k.Stdout, c.JSON)
	}
	if c.File == "" {
		return unusable(k, fmt.Errorf("请指明要核校的公文文件"))
	}
	in, err := readSource(c.File)
	if err != nil {
		return unusable(k, err)
	}
	opts := lint.Options{Source: in.Traces, Skip: c.Skip, Classified: c.Classified, Publicity: c.Publicity}
	out := checked{File: c.File, Findings: finished.Check(in.Doc, opts)}
	if c.Fix {
		fixed, n := lint.FixAll(in.Doc, opts)
		out.Fixed = n
		if n > 0 || c.Output != "" {
			if err := c.write(k.Stdout, in, fixed); err != nil {
				return unusable(k, err)
			}
			opts.Source = nil // the marks as typed are gone
			out.Findings = finished.Check(fixed, opts)
		}
	}
	out.Summary = lint.Summary(out.Findings)
	if err := out.print(k.Stdout, c.JSON); err != nil {
		return err
	}
	if n := len(out.Findings); n > 0 {
		fmt.Fprintf(k.Stderr, "发现%d处问题\n", n)
		return exitFindings
	}
	return nil
}

// write puts the corrected document where it was, or where it is wanted.
func (c *gongwenCheck) write(stdout io.Writer, in *source.File, fixed *gongwen.Document) error {
	target := c.Output
	switch {
	case target != "":
		return writeDocument(target, fixed, render.Options{})
	case in.Form == source.DOCX:
		return fmt.Errorf("DOCX不在原文件上改，请用-o指明改正后的文件")
	case c.File == "-" && c.JSON:
		return fmt.Errorf("请用-o指明改正后的文件")
	}
	data := []byte(gongwen.Format(fixed))
	if in.Form == source.JSON {
		var err error
		if data, err = json.MarshalIndent(fixed, "", "  "); err != nil {
			return err
		}
	}
	if c.File == "-" {
		_, err := stdout.Write(data)
		return err
	}
	return os.WriteFile(c.File, data, 0o644)
}

var severityNames = map[lint.Severity]string{lint.Error: "差错", lint.Warn: "提醒", lint.Info: "建议"}

func (c checked) print(w io.Writer, asJSON bool) error {
	if asJSON {
		if c.Findings == nil {
			c.Findings = []lint.Finding{}
		}
		return printJSON(w, c)
	}
	if c.Fixed > 0 {
		fmt.Fprintf(w, "已改正%d处\n", c.Fixed)
	}
	for _, f := range c.Findings {
		if _, err := fmt.Fprintf(w, "%s %s %s\n", severityNames[f.Severity], f.ID, f.Explain()); err != nil {
			return err
		}
	}
	return nil
}

func listRules(w io.Writer, asJSON bool) error {
	rules := lint.Rules()
	if asJSON {
		return printJSON(w, rules)
	}
	slices.SortStableFunc(rules, func(a, b lint.Rule) int { return strings.Compare(a.ID, b.ID) })
	for _, r := range rules {
		if _, err := fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", r.ID, severityNames[r.Severity], r.Category, r.Title, r.Basis); err != nil {
			return err
		}
	}
	return nil
}

type gongwenParse struct {
	File string `arg:"" name:"公文" help:"文本、DOCX或JSON文件，-为标准输入。"`
	Text bool   `help:"写成文本格式而不是JSON。"`
}

// Run writes the recognised parts of one document.
func (c *gongwenParse) Run(k *kong.Context) error {
	in, err := readSource(c.File)
	if err != nil {
		return unusable(k, err)
	}
	if c.Text {
		_, err = io.WriteString(k.Stdout, gongwen.Format(in.Doc))
		return err
	}
	return printJSON(k.Stdout, in.Doc)
}

func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
