package file

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/emmansun/gmsm/sm3"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// Store 附件库 takes files in and gives them out again. Several servers may use one: bytes lie under their digest, so
// the same bytes kept twice are the same file.
type Store struct {
	// Dir is the folder the bytes lie in, or, when they lie elsewhere, what comes in and goes out passes through.
	Dir string

	elsewhere shelf
}

// shelf 存放处 is where bytes lie under their digest.
type shelf interface {
	// keep takes over the bytes of a file of ours, which may be gone afterwards. When it returns they are safe.
	keep(ctx context.Context, path, digest string) error
	// fetch opens the bytes; os.ErrNotExist when there are none.
	fetch(ctx context.Context, digest string) (io.ReadCloser, error)
	// drop removes the bytes, if they are there.
	drop(ctx context.Context, digest string) error
	// try tells whether bytes can be put there, if write, and be had again.
	try(ctx context.Context, write bool) error
	// mark is whose the place is, empty while nobody has said so, and setMark says it.
	mark(ctx context.Context) (string, error)
	setMark(ctx context.Context, text string) error
}

// At is the store at a place: a folder, which several servers may share, or s3://bucket/prefix, whose bytes pass
// through the local folder. What an upload cut short left in the local folder long ago is removed.
func At(place, local string) (Store, error) {
	s := Store{Dir: place}
	if place == "" {
		s.Dir = local
	}
	if strings.HasPrefix(place, bucketScheme) {
		b, err := openBucket(place, os.Getenv)
		if err != nil {
			return s, err
		}
		s = Store{Dir: local, elsewhere: b}
	}
	s.sweep(time.Now().Add(-24 * time.Hour))
	return s, nil
}

// ErrLost 附件丢失 is behind every refusal of bytes that are gone or are no longer what was registered.
var ErrLost = errors.New("the bytes are lost or damaged")

const passing = "incoming-" // what is on its way in or out

func (s Store) sweep(before time.Time) {
	left, _ := filepath.Glob(filepath.Join(s.Dir, passing+"*"))
	for _, path := range left {
		if info, err := os.Stat(path); err == nil && info.ModTime().Before(before) {
			_ = os.Remove(path) // another server may be quicker
		}
	}
}

func (s Store) shelf() shelf {
	if s.elsewhere != nil {
		return s.elsewhere
	}
	return folder(s.Dir)
}

// folder is a shelf on disk: a file for each digest, in 256 folders by its first two letters.
type folder string

func (f folder) path(digest string) string { return filepath.Join(string(f), digest[:2], digest) }

func (f folder) keep(_ context.Context, path, digest string) error {
	dir := filepath.Dir(f.path(digest))
	made := os.Mkdir(dir, 0o700)
	if made != nil && !errors.Is(made, os.ErrExist) {
		return made
	}
	if made == nil {
		if err := syncFolder(string(f)); err != nil {
			return err
		}
	}
	if err := os.Rename(path, f.path(digest)); err != nil {
		return err
	}
	return syncFolder(dir)
}

// syncFolder makes the names in a folder as safe as the bytes.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func (f folder) fetch(_ context.Context, digest string) (io.ReadCloser, error) {
	return os.Open(f.path(digest))
}

// Open opens the bytes of a file after they were held against what was registered: damaged ones are not given out.
func (s Store) Open(ctx context.Context, f *File) (*os.File, error) {
	in, err := s.shelf().fetch(ctx, f.Digest)
	if errors.Is(err, os.ErrNotExist) {
		return nil, errs.New(errs.Unavailable, "附件“%s”的内容不在存放处，请系统管理员从备份恢复这个附件", f.Name).Because(ErrLost)
	}
	if err != nil {
		return nil, unread(err)
	}
	out, local := in.(*os.File)
	h := sm3.New()
	if local {
		_, err = io.Copy(h, out)
	} else {
		out, err = s.bring(io.TeeReader(in, h))
		err = errors.Join(err, in.Close())
	}
	if err == nil && hex.EncodeToString(h.Sum(nil)) != f.Digest {
		err = errs.New(errs.Unavailable, "附件“%s”的内容与登记时不同，可能已经损坏，没有打开；请系统管理员从备份恢复这个附件", f.Name).Because(ErrLost)
	}
	if err == nil {
		_, err = out.Seek(0, io.SeekStart)
	}
	if errors.Is(err, syscall.EIO) { // of this file; the others may be read all the same
		err = errs.New(errs.Unavailable, "附件“%s”的内容读不出来，存放它的磁盘可能坏了；请系统管理员从备份恢复这个附件", f.Name).Because(ErrLost)
	}
	if err != nil {
		if out != nil {
			_ = out.Close() // nothing of it is used
		}
		return nil, unread(err)
	}
	return out, nil
}

// Agree 核对 reads every registered file whole and tells of each whose bytes are gone or are no longer what was registered.
// A store that does not answer ends it: that is no loss.
func (s Store) Agree(ctx context.Context, d *db.DB, tell func(done, whole int), found func(text string)) (files int, err error) {
	whole := 0
	err = d.Still(ctx, func(tx *db.Tx) error {
		_, err := tx.Row(`SELECT COUNT(*) FROM files`, nil, &whole)
		return err
	})
	for last := db.ID(0); err == nil; {
		var some []File
		err = d.Still(ctx, func(tx *db.Tx) error {
			return tx.Query(`SELECT id, name, digest FROM files WHERE id > ? ORDER BY id LIMIT ?`, []any{last, agreedAtOnce}, func(scan func(...any) error) error {
				var f File
				err := scan(&f.ID, &f.Name, &f.Digest)
				some = append(some, f)
				return err
			})
		})
		if len(some) == 0 {
			break
		}
		for i := range some {
			if err := ctx.Err(); err != nil {
				return files, err
			}
			err = s.agrees(ctx, &some[i], found)
			files++
			tell(files, max(files, whole))
		}
		last = some[len(some)-1].ID
	}
	return files, err
}

// agreedAtOnce is how many rows are read together: there may be a million.
const agreedAtOnce = 500

func (s Store) agrees(ctx context.Context, f *File, found func(text string)) error {
	if len(f.Digest) != 2*sm3.Size {
		found(fmt.Sprintf("附件 %s（%s）登记的校验值不成样子", f.Name, f.ID))
		return nil
	}
	in, err := s.Open(ctx, f)
	if errors.Is(err, ErrLost) {
		found(fmt.Sprintf("%s（%s）", err, f.ID))
		return nil
	}
	if err != nil {
		return err
	}
	return in.Close()
}

// bring copies bytes from elsewhere into a file without a name, which is gone when it is closed.
func (s Store) bring(r io.Reader) (*os.File, error) {
	if err := os.MkdirAll(s.Dir, 0o700); err != nil {
		return nil, err
	}
	out, err := os.CreateTemp(s.Dir, passing+"*")
	if err != nil {
		return nil, err
	}
	_, err = io.Copy(out, r)
	return out, errors.Join(err, os.Remove(out.Name()))
}

// unread says what to do when the bytes cannot be had now.
func unread(err error) error {
	var known *errs.Error
	if errors.As(err, &known) || errors.Is(err, context.Canceled) {
		return err
	}
	return errs.New(errs.Unavailable, "附件暂时读不出来，请稍后再试；若反复出现，请系统管理员检查附件的存放处").Because(err)
}

// unsaved says what to do when a file could not be taken in. Nothing of it is kept then.
func unsaved(err error) error {
	var known *errs.Error
	switch {
	case err == nil, errors.As(err, &known), errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return errs.New(errs.Unavailable, "服务器磁盘已满，文件没有存上；请系统管理员清出磁盘空间，之后再传一次即可").Because(err)
	}
	slog.Error("a file could not be kept", "err", err)
	return errs.New(errs.Unavailable, "附件的存放处暂时不能写入，文件没有存上，请稍后再传；若反复出现，请系统管理员检查附件的存放处").Because(err)
}
