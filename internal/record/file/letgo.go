package file

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"

	"github.com/emmansun/gmsm/sm3"
	"github.com/minio/minio-go/v7"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// MostUnattached is how many bytes one person may have uploaded that are in no matter yet: more than any form takes, and
// no way to fill the disk.
const MostUnattached = 2 << 30

// room refuses an upload when its uploader has too much lying about.
func room(ctx context.Context, d *db.DB, uploader db.ID, size int64) error {
	var lying int64
	err := d.Read(ctx, func(tx *db.Tx) error {
		_, err := tx.Row(`SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM files WHERE uploader_id = ? AND matter_id = 0`, []any{uploader}, &lying)
		return err
	})
	if err == nil && lying+size > MostUnattached {
		err = errs.Refuse("文件没有上传", errs.Reason{Text: fmt.Sprintf(
			"您上传了还没有用到事项里的附件已有 %.1f GB，一人最多 %d GB；请先把它们随事项办理出去，没有用上的七天后自动清除", float64(lying)/(1<<30), MostUnattached>>30)})
	}
	return err
}

// LetGo notes that a row with these bytes is gone; if no other has them, they go as well after a while.
func LetGo(tx *db.Tx, digest string) error {
	if !sound(digest) {
		return nil
	}
	_, err := tx.Exec(`INSERT INTO let_go (digest, at) VALUES (?,?) ON CONFLICT (digest) DO UPDATE SET at = excluded.at`, digest, tx.Now)
	return err
}

// sound tells whether a digest is one: a row that was written past the door must not name another file to be removed.
func sound(digest string) bool {
	raw, err := hex.DecodeString(digest)
	return err == nil && len(raw) == sm3.Size
}

// wanted takes bytes that are about to be kept anew from the list of those that go. Those that are going this moment
// cannot be had back: they are to be kept again afterwards.
func wanted(tx *db.Tx, digest string) error {
	going := false
	listed, err := tx.Row(`SELECT going FROM let_go WHERE digest = ?`+tx.ForUpdate(), []any{digest}, &going)
	if err != nil || !listed {
		return err
	}
	if going {
		return errs.New(errs.Unavailable, "同样内容的旧附件正在清除，请过一分钟再传一次")
	}
	_, err = tx.Exec(`DELETE FROM let_go WHERE digest = ?`, digest)
	return err
}

// wantedBy is wanted outside of a transaction, which a listing is worth only if there is one.
func wantedBy(ctx context.Context, d *db.DB, digest string) error {
	listed := false
	err := d.Read(ctx, func(tx *db.Tx) (err error) {
		one := 0
		listed, err = tx.Row(`SELECT 1 FROM let_go WHERE digest = ?`, []any{digest}, &one)
		return err
	})
	if err != nil || !listed {
		return err
	}
	return d.Write(ctx, func(tx *db.Tx) error { return wanted(tx, digest) })
}

// Drop removes bytes that were let go, unless a row has them again. It says first that they are going, so that nobody
// counts on them meanwhile; cut short, it is done again.
func (s Store) Drop(ctx context.Context, d *db.DB, digest string) error {
	going := false
	err := d.Write(ctx, func(tx *db.Tx) error {
		if !sound(digest) {
			_, err := tx.Exec(`DELETE FROM let_go WHERE digest = ?`, digest)
			return err
		}
		var one int
		listed, err := tx.Row(`SELECT 1 FROM let_go WHERE digest = ?`+tx.ForUpdate(), []any{digest}, &one)
		if err != nil || !listed {
			return err
		}
		held, err := tx.Row(`SELECT 1 FROM files WHERE digest = ?`, []any{digest}, &one)
		if err != nil {
			return err
		}
		if going = !held; held {
			_, err = tx.Exec(`DELETE FROM let_go WHERE digest = ?`, digest)
			return err
		}
		_, err = tx.Exec(`UPDATE let_go SET going = 1 WHERE digest = ?`, digest)
		return err
	})
	if err != nil || !going {
		return err
	}
	if err := s.shelf().drop(ctx, digest); err != nil {
		return err
	}
	return d.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(`DELETE FROM let_go WHERE digest = ?`, digest)
		return err
	})
}

func (f folder) drop(_ context.Context, digest string) error {
	if err := os.Remove(f.path(digest)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

func (b *bucket) drop(ctx context.Context, digest string) error {
	ctx, stop := context.WithTimeout(ctx, bucketPatience)
	defer stop()
	return b.client.RemoveObject(ctx, b.name, b.object(digest), minio.RemoveObjectOptions{})
}
