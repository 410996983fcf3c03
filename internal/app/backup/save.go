package backup

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/emmansun/gmsm/sm3"

	"github.com/chengqi-oa/chengqi/internal/app/carry"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/file"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
)

func write(ctx context.Context, o Office, to, base string) error {
	to, err := filepath.Abs(to)
	if err != nil {
		return err
	}
	if o.Data, err = real(o.Data); err != nil {
		return err
	}
	if filepath.Dir(to) == o.Data {
		return errs.New(errs.Refused, "备份不要直接放在数据目录里，请另指定一个文件夹，最好在另一块磁盘或另一台机器上")
	}
	o.Leave = append(slices.Clone(o.Leave), filepath.Dir(to), filepath.Join(o.Data, filesFolder), filepath.Join(o.Data, UsualFolder))
	for i, folder := range o.Leave {
		if o.Leave[i], err = real(folder); err != nil {
			return err
		}
	}
	if _, err := os.Stat(to); err == nil {
		return errs.New(errs.Refused, "备份文件 %s 已经有了，请换一个名字，不盖掉原来的备份", to)
	}
	known, err := standOn(base)
	if err != nil {
		return err
	}
	defer known.close()
	work, err := os.MkdirTemp(filepath.Dir(to), ".backup-")
	if err != nil {
		return errs.New(errs.Unavailable, "备份写不到 %s，请检查文件夹和权限", filepath.Dir(to)).Because(err)
	}
	defer func() { _ = os.RemoveAll(work) }() // a leftover does no harm
	snapshot := filepath.Join(work, databaseName)
	if err := o.snapshot(ctx, snapshot); err != nil {
		return unwritten(to, err)
	}
	w := &writing{office: o, known: known, manifest: Manifest{
		Format: format, Made: time.Now().In(db.Location).Truncate(time.Second), Base: known.base(),
		Dialect: dialects[o.DB.Dialect()], Indexed: o.DB.Dialect() == db.SQLite,
	}}
	digests, err := w.look(ctx, snapshot)
	if err != nil {
		return err
	}
	tmp := filepath.Join(work, "part")
	if err := w.file(ctx, tmp, snapshot, digests); err != nil {
		return unwritten(to, err)
	}
	return keep(tmp, to)
}

// unwritten says why nothing was saved: what the office itself could not give is known; else it was where it was to go.
func unwritten(to string, err error) error {
	if known := (*errs.Error)(nil); errors.As(err, &known) || errors.Is(err, context.Canceled) {
		return err
	}
	return errs.New(errs.Unavailable, "备份没有写成，可能磁盘已满：%s", to).Because(err)
}

// real is a folder by its one true name: a service's folder may be reached by a link.
func real(folder string) (string, error) {
	if folder == "" {
		return "", nil
	}
	abs, err := filepath.Abs(folder)
	if err != nil {
		return "", err
	}
	if linked, err := filepath.EvalSymlinks(abs); err == nil {
		return linked, nil
	}
	return abs, nil // not made yet
}

var dialects = map[db.Dialect]string{db.SQLite: "sqlite", db.Postgres: "postgres"}

// keep puts the finished file in its place for good.
func keep(tmp, to string) error {
	if err := os.Rename(tmp, to); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(to))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// snapshot writes the database as of one moment into an SQLite file.
func (o Office) snapshot(ctx context.Context, file string) (err error) {
	const stage = "数据库快照"
	if o.DB.Dialect() == db.SQLite {
		return o.DB.Snapshot(ctx, file, func(done, whole int64) { o.tell(stage, done, whole) })
	}
	target, err := db.Open(ctx, file, db.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	_, err = carry.Copy(ctx, o.DB, target, func(p carry.Progress) { o.tell(stage+"（"+p.Table+"）", p.Done, p.Whole) })
	return err
}

// writing 写备份 is one backup in the making.
type writing struct {
	office   Office
	known    *chain
	manifest Manifest
	zip      *zip.Writer
}

// look reads from the snapshot what the manifest says of it, and which attachments its rows name.
func (w *writing) look(ctx context.Context, snapshot string) (digests []string, err error) {
	d, err := db.Open(ctx, snapshot, db.Options{})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	return digests, d.Still(ctx, func(tx *db.Tx) error {
		var err error
		if w.manifest.Entries, w.manifest.Broken, err = verify(tx); err != nil {
			return err
		}
		if w.manifest.Rows, err = carry.Counts(tx); err != nil {
			return err
		}
		if w.manifest.Heads, err = carry.Heads(tx); err != nil {
			return err
		}
		digests, err = digestsOf(tx)
		return err
	})
}

// verify walks the journal. A chain that was broken before is saved as it is, for it is evidence, and said to be broken.
func verify(tx *db.Tx) (int64, string, error) {
	n, err := journal.Verify(tx)
	var broken *journal.Broken
	if errors.As(err, &broken) {
		return n, broken.Error(), nil
	}
	return n, "", err
}

func digestsOf(tx *db.Tx) ([]string, error) {
	var out []string
	err := tx.Query(`SELECT DISTINCT digest FROM files ORDER BY digest`, nil, func(scan func(...any) error) error {
		var d string
		err := scan(&d)
		out = append(out, d)
		return err
	})
	return out, err
}

func (w *writing) file(ctx context.Context, tmp, snapshot string, digests []string) (err error) {
	out, err := os.OpenFile(tmp, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	w.zip = zip.NewWriter(out)
	if err := w.database(snapshot); err != nil {
		return err
	}
	for i, digest := range digests {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := w.attachment(ctx, digest); err != nil {
			return err
		}
		w.office.tell("附件", int64(i+1), int64(len(digests)))
	}
	if err := w.others(); err != nil {
		return err
	}
	if err := w.seal(); err != nil {
		return err
	}
	if err := w.zip.Close(); err != nil {
		return err
	}
	return out.Sync()
}

func (w *writing) database(snapshot string) error {
	out, err := deflated(w.zip, pagesName)
	if err != nil {
		return err
	}
	h, n := sm3.New(), &counter{}
	all, database, err := difference(snapshot, w.known.pages(), io.MultiWriter(out, h, n), func(done, whole int64) {
		w.office.tell("写入数据库", done, whole)
	})
	if err != nil {
		return err
	}
	w.manifest.Database = database
	w.manifest.Parts = append(w.manifest.Parts, Part{pagesName, n.n, hex.EncodeToString(h.Sum(nil))})
	return w.add(mapName, bytes.NewReader(all.bytes()))
}

type counter struct{ n int64 }

func (c *counter) Write(b []byte) (int, error) { c.n += int64(len(b)); return len(b), nil }

// attachment stores one attachment unless a base has it. What the store has lost or damaged cannot be saved; that is
// written down and does not keep the rest from being saved. A store that does not answer now is no loss, but a reason
// to give up: a backup without attachments would pass for one of an office that has none.
func (w *writing) attachment(ctx context.Context, digest string) error {
	name := path.Join(filesFolder, digest)
	if part, there := w.known.find(name); there {
		w.manifest.Parts = append(w.manifest.Parts, part)
		return nil
	}
	in, err := w.office.Open(ctx, digest)
	if errors.Is(err, file.ErrLost) {
		w.manifest.Missing = append(w.manifest.Missing, digest)
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // only read
	return w.add(name, in)
}

func (w *writing) add(name string, from io.Reader) error {
	out, err := stored(w.zip, name)
	if err != nil {
		return err
	}
	h := sm3.New()
	n, err := io.Copy(io.MultiWriter(out, h), from)
	if err != nil {
		return err
	}
	w.manifest.Parts = append(w.manifest.Parts, Part{name, n, hex.EncodeToString(h.Sum(nil))})
	return nil
}

// others stores what else is in the data folder: the office's own definitions, keys, whatever it put there.
func (w *writing) others() error {
	data := w.office.Data
	if data == "" {
		return nil
	}
	return filepath.WalkDir(data, func(p string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil // went while we looked
		case err != nil:
			return err
		case e.IsDir() && (slices.Contains(w.office.Leave, p) || strings.HasPrefix(e.Name(), ".backup-") || strings.HasPrefix(e.Name(), ".check-")):
			return fs.SkipDir
		case strings.HasPrefix(e.Name(), ".ready-"), strings.HasPrefix(e.Name(), ".probe-"):
			return nil // comes and goes
		case !e.Type().IsRegular() || filepath.Dir(p) == filepath.Clean(data) && strings.HasPrefix(e.Name(), databaseName):
			return nil
		}
		rel, err := filepath.Rel(data, p)
		if err != nil {
			return err
		}
		in, err := os.Open(p)
		if err != nil {
			return fmt.Errorf("%s: %w", rel, err)
		}
		defer func() { _ = in.Close() }() // only read
		return w.add(path.Join(otherFolder, filepath.ToSlash(rel)), in)
	})
}

// seal writes the manifest and its own digest.
func (w *writing) seal() error {
	raw, err := json.Marshal(w.manifest)
	if err != nil {
		return err
	}
	out, err := deflated(w.zip, manifestName)
	if err != nil {
		return err
	}
	if _, err := out.Write(raw); err != nil {
		return err
	}
	if out, err = stored(w.zip, sealName); err != nil {
		return err
	}
	_, err = io.WriteString(out, sealOf(raw))
	return err
}

func sealOf(manifest []byte) string {
	s := sm3.Sum(manifest)
	return hex.EncodeToString(s[:])
}
