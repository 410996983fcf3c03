package archive

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/office/archive/eep"
	"github.com/chengqi-oa/chengqi/internal/record/file"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
)

// Test 检测 holds the newest package of a matter against what it was made of, as far as a machine can (DA/T 70-2018,
// ARCH-36), and writes down what it found: whether it is genuine, whole, readable, and safe. What needs other means (virus
// scanners, people who open and read) is not judged here. An error says that it could not be tested, not that it is bad.
func (k Packer) Test(ctx context.Context, matter db.ID) (*Package, error) {
	s, err := k.read(ctx, matter)
	if err != nil {
		return nil, err
	}
	if s == nil || s.last == nil {
		return nil, errs.New(errs.NotFound, "这一件还没有归档包")
	}
	t := &trial{subject: s, packer: k}
	if err := t.run(ctx); err != nil {
		return nil, err
	}
	p := s.last
	p.Tested, p.Faults = s.w.Now, t.faults
	return p, k.DB.Write(ctx, func(tx *db.Tx) error { return keepTest(tx, p.ID, t.faults) })
}

// trial 一次检测 gathers the faults of one package.
type trial struct {
	*subject
	packer Packer
	faults []string
}

func (t *trial) fault(of, format string, args ...any) {
	t.faults = append(t.faults, of+"："+fmt.Sprintf(format, args...))
}

// The four properties.
const (
	genuine  = "真实性"
	whole    = "完整性"
	readable = "可用性"
	safe     = "安全性"
)

func (t *trial) run(ctx context.Context) error {
	if t.last.Version != t.m.Version {
		t.fault(genuine, "归档包形成以后事项有改动，要重新形成")
	}
	if err := t.bound(ctx); err != nil {
		return err
	}
	in, err := t.packer.Files.Open(ctx, t.last.File) // held against the registered digest as it is opened
	if errors.Is(err, file.ErrLost) {
		t.fault(genuine, "%s", err)
		return nil
	}
	if err != nil {
		return err
	}
	contents, unreadable := eep.Read(in)
	if err := in.Close(); err != nil {
		return err
	}
	if unreadable != nil {
		t.fault(readable, "封装包读不出来，不是完好的 XML 封装包")
		return nil //nolint:nilerr // what cannot be read is what the test finds
	}
	if t.last.Version != t.m.Version {
		return nil // the matter is another now, there is nothing to hold it against
	}
	t.complete(contents)
	return t.same(ctx, contents)
}

// bound holds the registered digest against the journal, which nobody can change unseen.
func (t *trial) bound(ctx context.Context) error {
	kept := ""
	err := t.packer.DB.Read(ctx, func(tx *db.Tx) error {
		return journal.OfMatter(tx, t.m.ID, func(e journal.Entry, _ []byte) error {
			var b bound
			if e.Topic != Topic {
				return nil
			}
			if err := json.Unmarshal(e.Content, &b); err != nil {
				return err
			}
			if b.File == t.last.File.ID {
				kept = b.Digest
			}
			return nil
		})
	})
	if err == nil && kept != t.last.File.Digest {
		t.fault(genuine, "封装包的摘要与留痕里记的不一致")
	}
	return err
}

func (t *trial) complete(c *eep.Contents) {
	if len(c.Lacking) > 0 {
		t.fault(whole, "元数据缺%s", strings.Join(c.Lacking, "、"))
	}
	if want := codeOf(t.m); c.Record["室编件号"] != want.Item || c.Record["年度"] != want.Year {
		t.fault(genuine, "档号与登记的不一致")
	}
	if c.Record["题名"] != strings.TrimSpace(t.content().Title) {
		t.fault(genuine, "题名与登记的不一致")
	}
	if acts := len(t.acts()); c.Acts != acts {
		t.fault(whole, "过程信息有%d条，登记的是%d条", c.Acts, acts)
	}
}

// same holds the files in the package against those of the matter.
func (t *trial) same(ctx context.Context, c *eep.Contents) error {
	found := map[string]*eep.Found{}
	for i := range c.Documents {
		d := &c.Documents[i]
		found[d.ID] = d
		if d.Size != d.Stated {
			t.fault(genuine, "“%s”的大小与电子属性所写的不一致", d.Name)
		}
	}
	for _, f := range t.files {
		switch d := found[f.ID.String()]; {
		case d == nil:
			t.fault(whole, "缺少附件“%s”", f.Name)
		case d.Digest != f.Digest || d.Size != f.Size:
			t.fault(genuine, "附件“%s”的内容与登记的不一致", f.Name)
		}
		if err := t.opens(ctx, f); err != nil {
			return err
		}
	}
	if t.unprinted() && len(c.Documents) <= len(t.files) {
		t.fault(whole, "缺少正文的版式文件")
	}
	return nil
}

// opens looks whether a file is closed to its readers.
func (t *trial) opens(ctx context.Context, f *file.File) error {
	in, err := t.packer.Files.Open(ctx, f)
	if errors.Is(err, file.ErrLost) {
		return nil // the package has it, or it was said that it has not
	}
	if err != nil {
		return err
	}
	locked, err := file.Locked(in, f)
	if locked {
		t.fault(safe, "附件“%s”加了密，以后会打不开，请换成不加密的", f.Name)
	}
	return errors.Join(err, in.Close())
}
