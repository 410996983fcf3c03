package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/chengqi-oa/chengqi/internal/app"
	"github.com/chengqi-oa/chengqi/internal/app/scaffold"
	"github.com/chengqi-oa/chengqi/internal/engine"
	rooms "github.com/chengqi-oa/chengqi/internal/office"
	"github.com/chengqi-oa/chengqi/internal/office/periodic"
	"github.com/chengqi-oa/chengqi/internal/record/file"
	"github.com/chengqi-oa/chengqi/internal/record/rulebook"
	rules "github.com/chengqi-oa/chengqi/rulebook"
)

type proceduresCmd struct {
	Check checkCmd `cmd:"" help:"检查定义：逐处报告文件、行号和错误"`
	New   newCmd   `cmd:"" help:"写出一份可用的定义样稿"`
}

// definitions loads the shipped definitions together with those of a folder.
func definitions(folder string) (*engine.Catalogue, error) {
	clauses, err := rulebook.Load(rules.Files)
	if err != nil {
		return nil, err
	}
	return app.Definitions(clauses, engine.WithBuiltIn(rooms.Effects(file.Store{})), folder)
}

type checkCmd struct {
	Folder string `arg:"" optional:"" name:"文件夹" help:"本单位的定义目录" type:"path"`
}

// Run checks the shipped definitions together with those of a folder.
func (c *checkCmd) Run() error {
	catalogue, err := definitions(c.Folder)
	if err != nil {
		return err
	}
	for _, p := range catalogue.All() {
		fmt.Printf("%s\t%s\t%d 个环节\t%s\n", p.Kind, p.Name, len(p.Steps), p.Version)
	}
	return c.duties(catalogue)
}

// duties checks the duties that come round, the shipped ones and the folder's.
func (c *checkCmd) duties(catalogue *engine.Catalogue) error {
	clauses, err := rulebook.Load(rules.Files)
	if err != nil {
		return err
	}
	var own fs.FS
	if c.Folder != "" {
		own = os.DirFS(c.Folder)
	}
	list, err := periodic.Load(rules.Files, own, clauses, func(kind string) bool { return catalogue.Kind(kind) != nil })
	if err != nil {
		return err
	}
	fmt.Printf("周期任务\t%d 项\n", len(list))
	return nil
}

type newCmd struct {
	Kind  string `arg:"" name:"代号" help:"小写英文，如 key-loan"`
	Name  string `help:"名称，如 钥匙借用" required:""`
	Group string `help:"门类，如 后勤" default:"其他"`
	Out   string `help:"写到哪个文件；不写就是“代号.yaml”，写“-”就显示出来" short:"o"`
}

// Run writes the draft of a definition. It overwrites nothing and takes no kind that is in use.
func (c *newCmd) Run() error {
	text, err := scaffold.Write(scaffold.Subject{Kind: c.Kind, Name: c.Name, Group: c.Group})
	if err != nil {
		return err
	}
	shipped, err := definitions("")
	if err != nil {
		return err
	}
	if p := shipped.Kind(c.Kind); p != nil {
		return fmt.Errorf("代号 %s 已经是系统自带的“%s”，请另取一个", c.Kind, p.Name)
	}
	if c.Out == "-" {
		_, err := fmt.Print(text)
		return err
	}
	if c.Out == "" {
		c.Out = c.Kind + ".yaml"
	}
	f, err := os.OpenFile(c.Out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s 已经有了，没有覆盖；可用 -o 另写一个文件", c.Out)
	}
	if err != nil {
		return fmt.Errorf("%s 写不了：%w", c.Out, err)
	}
	if _, err := f.WriteString(text); err != nil {
		return errors.Join(fmt.Errorf("%s 没有写完", c.Out), err, f.Close())
	}
	fmt.Printf("已写到 %s。改好后检查：chengqi procedures check 所在文件夹；放进数据目录的 procedures 文件夹，或在“办理程序定义”页发布，即可使用。\n", c.Out)
	return f.Close()
}
