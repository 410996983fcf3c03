// Package backup saves an office into one file and brings it back.
//
// A backup is a ZIP of the database as of one moment, the attachments, the office's own definitions, and a list of
// every part with its SM3 digest. Invariants: it is taken while the office works and is consistent; a backup with a
// damaged or missing part is refused by name before anything is written.
package backup

import (
	"archive/zip"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/emmansun/gmsm/sm3"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
)

const (
	manifestName = "清单.json"
	databaseName = "chengqi.db"
)

// Manifest 备份清单.
type Manifest struct {
	Made  time.Time         `json:"made"`
	Parts map[string]string `json:"parts"` // name → SM3 digest, hex
}

// Summary 备份情况.
type Summary struct {
	Parts   int
	Size    int64
	Entries int64 // of the journal
}

func (s Summary) String() string {
	return fmt.Sprintf("%d 个部分，%.1f MB，留痕 %d 条校验完好", s.Parts, float64(s.Size)/1e6, s.Entries)
}

// Save writes a backup of the office in data to the file to, then opens it again and checks it.
func Save(ctx context.Context, d *db.DB, data, to string) (Summary, error) {
	if d.Dialect() == db.Postgres {
		return Summary{}, errs.New(errs.Refused, "PostgreSQL 上的机关请用数据库自带的工具备份（pg_dump），附件目录另行备份")
	}
	snapshot := filepath.Join(filepath.Dir(to), fmt.Sprintf(".%s-%d", databaseName, os.Getpid()))
	if err := d.Snapshot(ctx, snapshot); err != nil {
		return Summary{}, err
	}
	defer func() { _ = os.Remove(snapshot) }() // a leftover does no harm
	tmp := to + ".part"
	if err := writeAll(tmp, data, snapshot); err != nil {
		return Summary{}, errors.Join(err, os.Remove(tmp))
	}
	if err := os.Rename(tmp, to); err != nil {
		return Summary{}, err
	}
	return Check(ctx, to)
}

func writeAll(tmp, data, snapshot string) (err error) {
	out, err := os.OpenFile(tmp, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return errs.New(errs.Unavailable, "备份文件不能建立：%s", tmp).Because(err)
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	z := zip.NewWriter(out)
	m := Manifest{Made: time.Now().In(db.Location), Parts: map[string]string{}}
	if err := add(z, &m, databaseName, snapshot); err != nil {
		return err
	}
	for _, dir := range []string{"files", "procedures"} {
		if err := addTree(z, &m, data, dir); err != nil {
			return err
		}
	}
	w, err := z.Create(manifestName)
	if err != nil {
		return err
	}
	if err := json.NewEncoder(w).Encode(m); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return out.Sync()
}

func addTree(z *zip.Writer, m *Manifest, data, dir string) error {
	return filepath.WalkDir(filepath.Join(data, dir), func(p string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) || err == nil && (e.IsDir() || strings.HasPrefix(e.Name(), "incoming-")) {
			return nil
		}
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(data, p)
		if err != nil {
			return err
		}
		return add(z, m, filepath.ToSlash(rel), p)
	})
}

func add(z *zip.Writer, m *Manifest, name, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // only read
	w, err := z.Create(name)
	if err != nil {
		return err
	}
	h := sm3.New()
	if _, err := io.Copy(io.MultiWriter(w, h), in); err != nil {
		return err
	}
	m.Parts[name] = hex.EncodeToString(h.Sum(nil))
	return nil
}

// Check reads a whole backup and holds every part against the list, then verifies the journal in it.
func Check(ctx context.Context, from string) (Summary, error) {
	dir, err := os.MkdirTemp("", "chengqi-check-")
	if err != nil {
		return Summary{}, err
	}
	defer func() { _ = os.RemoveAll(dir) }() // a temporary folder
	return Restore(ctx, from, filepath.Join(dir, "data"))
}

// Restore unpacks a backup into an empty folder, refusing it whole if any part is damaged.
func Restore(ctx context.Context, from, data string) (Summary, error) {
	if entries, err := os.ReadDir(data); err == nil && len(entries) > 0 {
		return Summary{}, errs.New(errs.Refused, "数据目录 %s 不是空的，恢复只能到空目录，以免盖掉现有数据", data)
	}
	z, err := zip.OpenReader(from)
	if err != nil {
		return Summary{}, errs.New(errs.Refused, "备份文件打不开或已损坏：%s", from).Because(err)
	}
	defer func() { _ = z.Close() }() // only read
	m, err := readManifest(z)
	if err != nil {
		return Summary{}, err
	}
	s := Summary{Parts: len(m.Parts)}
	for name, digest := range m.Parts {
		n, err := unpack(z, name, digest, "")
		if err != nil {
			return s, err
		}
		s.Size += n
	}
	for name, digest := range m.Parts {
		if _, err := unpack(z, name, digest, data); err != nil {
			return s, err
		}
	}
	s.Entries, err = verify(ctx, filepath.Join(data, databaseName))
	return s, err
}

func readManifest(z *zip.ReadCloser) (*Manifest, error) {
	f, err := z.Open(manifestName)
	if err != nil {
		return nil, errs.New(errs.Refused, "备份里没有清单，不是完整的备份").Because(err)
	}
	defer func() { _ = f.Close() }() // only read
	var m Manifest
	if err := json.NewDecoder(f).Decode(&m); err != nil {
		return nil, errs.New(errs.Refused, "备份清单已损坏").Because(err)
	}
	return &m, nil
}

// unpack checks one part and, given a folder, writes it there.
func unpack(z *zip.ReadCloser, name, digest, data string) (int64, error) {
	damaged := errs.New(errs.Refused, "备份损坏：%s 与清单不符，没有恢复", name)
	if !filepath.IsLocal(name) {
		return 0, damaged
	}
	f, err := z.Open(name)
	if err != nil {
		return 0, damaged.Because(err)
	}
	defer func() { _ = f.Close() }() // only read
	out := io.Discard
	if data != "" {
		to := filepath.Join(data, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
			return 0, err
		}
		file, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return 0, err
		}
		defer func() { _ = file.Close() }() // synced below
		out = file
		defer func() { _ = file.Sync() }()
	}
	h := sm3.New()
	n, err := io.Copy(io.MultiWriter(out, h), f)
	if err != nil || hex.EncodeToString(h.Sum(nil)) != digest {
		return n, damaged.Because(err)
	}
	return n, nil
}

func verify(ctx context.Context, path string) (n int64, err error) {
	d, err := db.Open(ctx, path, db.Options{})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	return n, d.Read(ctx, func(tx *db.Tx) error {
		n, err = journal.Verify(tx)
		return err
	})
}
