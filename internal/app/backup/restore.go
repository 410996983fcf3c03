package backup

import (
	"context"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/emmansun/gmsm/sm3"

	"github.com/chengqi-oa/chengqi/internal/app/carry"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/file"
)

// Check restores a backup into a temporary folder beside it and holds what comes out against its list: the database
// opens, the journal's chain holds, rows and attachments agree. Attachments are read whole but not written.
func Check(ctx context.Context, from string, tell func(Progress)) (Summary, error) {
	dir, err := os.MkdirTemp(filepath.Dir(from), ".check-")
	if err != nil {
		return Summary{}, errs.New(errs.Unavailable, "没有地方试恢复，请检查 %s 的权限和空间", filepath.Dir(from)).Because(err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // a temporary folder
	s, err := restore(ctx, from, dir, tell)
	return s, untried(dir, err)
}

// untried says why a backup could not be restored on trial.
func untried(dir string, err error) error {
	var known *errs.Error
	if err == nil || errors.As(err, &known) || errors.Is(err, context.Canceled) {
		return err
	}
	return errs.New(errs.Unavailable, "试恢复没有做成，可能磁盘已满：%s", filepath.Dir(dir)).Because(err)
}

// restoring is where a backup is unpacked; while it is there the folder holds no office.
const restoring = ".restoring"

// Unfinished tells whether a restore into the folder was cut short.
func Unfinished(data string) bool {
	_, err := os.Stat(filepath.Join(data, restoring))
	return err == nil
}

// further tells, in the folder of a restore, that its database has been put in place and something is still to be done.
const further = "further"

// Restore unpacks a backup into an empty folder and puts its attachments where the office keeps them (file.At): if no
// place is named, into the folder as well. It is refused whole if any part of it, or of what it stands on, is damaged or
// missing: nothing is put anywhere before all of it was read and checked. Then it does what is still to be done with the
// database, if anything; only after that the folder holds an office. A restore that was cut short is begun anew.
func Restore(ctx context.Context, from, data, files string, tell func(Progress), then func(Summary) error) (Summary, error) {
	work := filepath.Join(data, restoring)
	if err := emptied(data); err != nil {
		return Summary{}, err
	}
	if err := os.MkdirAll(work, 0o700); err != nil {
		return Summary{}, errs.New(errs.Unavailable, "数据目录 %s 不能建立，请检查路径和权限", data).Because(err)
	}
	kept := false
	defer func() {
		if !kept {
			_ = os.RemoveAll(work)
		}
	}()
	store, err := file.At(files, filepath.Join(work, filesFolder))
	if err != nil {
		return Summary{}, err
	}
	s, err := restore(ctx, from, work, tell)
	if err == nil {
		err = deliver(ctx, from, store, tell)
	}
	if err == nil {
		err = unmark(ctx, filepath.Join(work, databaseName))
	}
	if err != nil {
		return s, unkept(data, err)
	}
	if then == nil {
		return s, settle(work, data)
	}
	if err := writeFile(filepath.Join(work, further), strings.NewReader("")); err != nil {
		return s, unkept(data, err)
	}
	kept = true
	if err := settle(work, data); err != nil {
		return s, err
	}
	if err := then(s); err != nil {
		return s, err
	}
	return s, os.RemoveAll(work)
}

// emptied makes room for a restore: a folder that holds anything but a restore that was cut short is refused.
func emptied(data string) error {
	entries, err := os.ReadDir(data)
	if err != nil || len(entries) == 0 {
		return nil //nolint:nilerr // it will be made, or that will fail
	}
	_, err = os.Stat(filepath.Join(data, restoring, further))
	inPlace := err == nil // its database, that is: nobody can have worked on it yet
	office := slices.ContainsFunc(entries, func(e os.DirEntry) bool { return strings.HasPrefix(e.Name(), databaseName) })
	if !Unfinished(data) || office && !inPlace {
		return errs.New(errs.Refused, "数据目录 %s 不是空的，恢复只能到空目录，以免盖掉现有数据", data)
	}
	for _, last := range []bool{false, true} { // what tells that it was cut short
		for _, e := range entries {
			if (e.Name() == restoring) != last {
				continue
			}
			if err := os.RemoveAll(filepath.Join(data, e.Name())); err != nil {
				return errs.New(errs.Unavailable, "数据目录 %s 里上次没有恢复完的清不掉，请检查权限", data).Because(err)
			}
		}
	}
	return nil
}

// unmark makes the restored office another than the one that was backed up, as far as attachments go.
func unmark(ctx context.Context, database string) error {
	d, err := db.Open(ctx, database, db.Options{})
	if err != nil {
		return err
	}
	return errors.Join(file.Unmark(ctx, d), d.Close())
}

// settle moves what was restored into its place, the database last: where that is, everything is.
func settle(work, data string) error {
	entries, err := os.ReadDir(work)
	if err != nil {
		return err
	}
	for _, last := range []bool{false, true} {
		for _, e := range entries {
			if e.Name() == further || strings.HasPrefix(e.Name(), databaseName) != last {
				continue
			}
			if err := os.Rename(filepath.Join(work, e.Name()), filepath.Join(data, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// unkept says why a backup that is whole could not be put there.
func unkept(data string, err error) error {
	var known *errs.Error
	if errors.As(err, &known) || errors.Is(err, context.Canceled) {
		return err
	}
	return errs.New(errs.Unavailable, "恢复没有做成，可能磁盘已满：%s", data).Because(err)
}

// deliver puts the attachments of a backup that was found whole where the office keeps them. They lie under their
// digests: what a delivery that was cut short has put there does no harm, and is put there again by the next.
func deliver(ctx context.Context, from string, store file.Store, tell func(Progress)) error {
	b, err := standOn(from)
	if err != nil {
		return err
	}
	defer b.close()
	parts := b.archives[0].manifest.Parts
	for i, p := range parts {
		digest, attachment := strings.CutPrefix(p.Name, filesFolder+"/")
		if !attachment {
			continue
		}
		holder := b.holder(p)
		if holder == nil { // changed since it was checked
			return damaged(b.archives[0].name, p.Name)
		}
		if err := holder.read(p, func(r io.Reader) error { return store.Bring(ctx, digest, r) }); err != nil {
			return err
		}
		if tell != nil {
			tell(Progress{"存放附件", int64(i + 1), int64(len(parts))})
		}
	}
	return nil
}

// restore brings a backup into a folder. Attachments are read and checked but not written.
func restore(ctx context.Context, from, dir string, tell func(Progress)) (Summary, error) {
	if tell == nil {
		tell = func(Progress) {}
	}
	b, err := standOn(from)
	if err != nil {
		return Summary{}, err
	}
	defer b.close()
	top := b.archives[0]
	tell(Progress{"恢复数据库", 0, 1})
	database := filepath.Join(dir, databaseName)
	if err := b.assemble(database); err != nil {
		return Summary{}, err
	}
	for i, p := range top.manifest.Parts {
		if err := ctx.Err(); err != nil {
			return Summary{}, err
		}
		if err := b.unpack(p, dir); err != nil {
			return Summary{}, err
		}
		tell(Progress{"核对各部分", int64(i + 1), int64(len(top.manifest.Parts))})
	}
	tell(Progress{"核验留痕和行数", 0, 1})
	if err := agrees(ctx, database, top); err != nil {
		return Summary{}, err
	}
	return b.summary(), nil
}

// unpack checks one part and, unless it is an attachment, writes it where it belongs. The pages of the database have been
// read already.
func (b *chain) unpack(p Part, dir string) error {
	to := ""
	digest, attachment := strings.CutPrefix(p.Name, filesFolder+"/")
	other, isOther := strings.CutPrefix(p.Name, otherFolder+"/")
	switch {
	case attachment && (len(digest) != 2*sm3.Size || digest != p.Sum):
		return damaged(b.archives[0].name, p.Name)
	case isOther:
		to = filepath.Join(dir, filepath.FromSlash(other))
	case p.Name == pagesName:
		return nil
	}
	if !filepath.IsLocal(filepath.FromSlash(p.Name)) {
		return damaged(b.archives[0].name, p.Name)
	}
	holder := b.holder(p)
	if holder == nil {
		return damaged(b.archives[0].name, p.Name)
	}
	return holder.read(p, func(r io.Reader) error {
		if to == "" {
			_, err := io.Copy(io.Discard, r)
			return err
		}
		return writeFile(to, r)
	})
}

func writeFile(to string, r io.Reader) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, r); err != nil {
		return errors.Join(err, out.Close())
	}
	return errors.Join(out.Sync(), out.Close())
}

// agrees opens the restored database and holds it against the list: chain, rows, attachments.
func agrees(ctx context.Context, database string, top *archive) (err error) {
	m := top.manifest
	d, err := db.Open(ctx, database, db.Options{})
	if err != nil {
		return damaged(top.name, databaseName).Because(err)
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	return d.Still(ctx, func(tx *db.Tx) error {
		n, broken, err := verify(tx)
		if err != nil || n != m.Entries || broken != m.Broken {
			return errs.New(errs.Refused, "备份里的留痕没有通过核验：%s", top.name).Because(err)
		}
		counts, err := carry.Counts(tx)
		if err != nil || !slices.Equal(counts, m.Rows) {
			return errs.New(errs.Refused, "备份里各表的行数与清单不符：%s", top.name).Because(err)
		}
		heads, err := carry.Heads(tx)
		if err != nil || !carry.SameHeads(heads, m.Heads) {
			return errs.New(errs.Refused, "备份里留痕的链尾与清单不符：%s", top.name).Because(err)
		}
		digests, err := digestsOf(tx)
		if err != nil {
			return err
		}
		for _, digest := range digests {
			if _, there := top.part(filesFolder + "/" + digest); !there && !slices.Contains(m.Missing, digest) {
				return errs.New(errs.Refused, "备份里缺登记过的附件 %s：%s", digest, top.name)
			}
		}
		return nil
	})
}

func (b *chain) summary() Summary {
	m := b.archives[0].manifest
	s := Summary{
		File: b.archives[0].path, Size: b.archives[0].size, New: m.Database.New, Pages: (m.Database.Size + pageSize - 1) / pageSize,
		Entries: m.Entries, Missing: m.Missing, Broken: m.Broken, Indexed: m.Indexed,
	}
	if m.Base != nil {
		s.Base = m.Base.File
	}
	for _, c := range m.Rows {
		s.Rows += c.Rows
	}
	for _, p := range m.Parts {
		if !strings.HasPrefix(p.Name, filesFolder+"/") {
			continue
		}
		s.Files++
		if b.archives[0].holds(p.Name) {
			s.Stored++
		}
	}
	return s
}

// read gives a part's bytes to fn and holds them against the list.
func (a *archive) read(p Part, fn func(io.Reader) error) error {
	f, err := a.zip.Open(p.Name)
	if err != nil {
		return damaged(a.name, p.Name).Because(err)
	}
	defer func() { _ = f.Close() }() // only read
	h, n := sm3.New(), &counter{}
	source := &faulty{r: f}
	err = fn(io.TeeReader(source, io.MultiWriter(h, n)))
	if source.err != nil || err == nil && (n.n != p.Size || hex.EncodeToString(h.Sum(nil)) != p.Sum) {
		return damaged(a.name, p.Name).Because(source.err)
	}
	return err
}

// faulty remembers whether it was the reading that failed, and not what was done with what was read.
type faulty struct {
	r   io.Reader
	err error
}

func (f *faulty) Read(b []byte) (int, error) {
	n, err := f.r.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		f.err = err
	}
	return n, err
}

func damaged(archive, part string) *errs.Error {
	return errs.New(errs.Refused, "备份 %s 已损坏：其中的“%s”与清单不符或缺失，没有恢复。请改用另一份备份", archive, part)
}
