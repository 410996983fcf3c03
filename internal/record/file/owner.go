package file

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/minio/minio-go/v7"

	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// Two offices may come to use one place, for instance one that was restored for a drill beside the one at work. Neither
// loses anything by what the other keeps there, for bytes lie under their digests; but what the one no longer needs may be
// the other's. So a place bears the mark of the office whose it is, and no other removes anything from it.

// ownerName is an object of ours in every place: the mark of its office.
const ownerName = ".office"

// ownerSetting names the row with the mark of an office.
const ownerSetting = "files-owner"

// Mine 存放处归本机关 tells whether the place is the office's own; one without a mark becomes it.
func (s Store) Mine(ctx context.Context, d *db.DB) (bool, error) {
	ours, err := mark(ctx, d)
	if err != nil {
		return false, err
	}
	there, err := s.shelf().mark(ctx)
	if err == nil && there == "" {
		if err = s.shelf().setMark(ctx, ours); err == nil {
			there, err = s.shelf().mark(ctx) // another may have been quicker
		}
	}
	return err == nil && there == ours, err
}

// mark is the office's own, made when first asked for.
func mark(ctx context.Context, d *db.DB) (text string, err error) {
	err = d.Write(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(`INSERT INTO settings (name, value) VALUES (?,?) ON CONFLICT (name) DO NOTHING`, ownerSetting, rand.Text()); err != nil {
			return err
		}
		_, err := tx.Row(`SELECT value FROM settings WHERE name = ?`, []any{ownerSetting}, &text)
		return err
	})
	return text, err
}

// Unmark takes the mark from an office that was restored: the one it is a copy of may still be at work.
func Unmark(ctx context.Context, d *db.DB) error {
	return d.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(`DELETE FROM settings WHERE name = ?`, ownerSetting)
		return err
	})
}

func (f folder) mark(context.Context) (string, error) {
	raw, err := os.ReadFile(filepath.Join(string(f), ownerName))
	if errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	return strings.TrimSpace(string(raw)), err
}

func (f folder) setMark(_ context.Context, text string) error {
	if err := os.MkdirAll(string(f), 0o700); err != nil { // nothing was uploaded yet
		return err
	}
	out, err := os.CreateTemp(string(f), passing+"*")
	if err != nil {
		return err
	}
	_, err = out.WriteString(text + "\n")
	if err = errors.Join(err, out.Sync(), out.Close()); err == nil {
		err = os.Rename(out.Name(), filepath.Join(string(f), ownerName))
	}
	if err != nil {
		return errors.Join(err, os.Remove(out.Name()))
	}
	return syncFolder(string(f))
}

func (b *bucket) mark(ctx context.Context) (string, error) {
	ctx, stop := context.WithTimeout(ctx, bucketPatience)
	defer stop()
	in, err := b.client.GetObject(ctx, b.name, path.Join(b.prefix, ownerName), minio.GetObjectOptions{})
	if err != nil {
		return "", b.refusal(err, "读")
	}
	defer func() { _ = in.Close() }() // only read
	raw, err := io.ReadAll(io.LimitReader(in, 1<<10))
	switch {
	case minio.ToErrorResponse(err).Code == minio.NoSuchKey:
		return "", nil
	case err != nil:
		return "", b.refusal(err, "读")
	}
	return strings.TrimSpace(string(raw)), nil
}

func (b *bucket) setMark(ctx context.Context, text string) error {
	ctx, stop := context.WithTimeout(ctx, bucketPatience)
	defer stop()
	if err := b.put(ctx, ownerName, []byte(text+"\n")); err != nil {
		return b.refusal(err, "写")
	}
	return nil
}
