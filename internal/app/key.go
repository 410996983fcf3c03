package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/base/secret"
	"github.com/chengqi-oa/chengqi/internal/record/access"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
)

const (
	keySetting  = "secret-key" // the key itself, when it is kept with the database
	markSetting = "key-mark"   // which key file belongs to this database
)

// openKey finds the key that seals secrets. It is kept with the database, so that it is there wherever the database is,
// unless a file is named for it: then who has the database or its backup alone cannot open what is sealed
// (GB/T 22239-2019 8.1.4.8), and every node of the office needs that file.
func openKey(ctx context.Context, d *db.DB, file string) (*secret.Key, error) {
	if file == "" {
		return keyWithin(ctx, d)
	}
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		text, err = firstKey(ctx, d, file)
	}
	if known := (*errs.Error)(nil); errors.As(err, &known) {
		return nil, err
	}
	if err != nil {
		return nil, errs.New(errs.Unavailable, "密钥文件 %s 读不出", file).Because(err)
	}
	key, err := secret.Parse(strings.TrimSpace(string(text)))
	if err != nil {
		return nil, errs.New(errs.Unavailable, "密钥文件 %s 不是本程序写的", file).Because(err)
	}
	return key, d.Write(ctx, func(tx *db.Tx) error { return bind(tx, key, file) })
}

func keyWithin(ctx context.Context, d *db.DB) (*secret.Key, error) {
	var key *secret.Key
	err := d.Write(ctx, func(tx *db.Tx) error {
		if elsewhere, err := tx.Row(`SELECT value FROM settings WHERE name = ?`, []any{markSetting}, new(string)); err != nil || elsewhere {
			if err == nil {
				err = errs.New(errs.Unavailable, "本单位的密钥在密钥文件里，请用 --key-file 指明是哪个文件")
			}
			return err
		}
		// Of two nodes that begin at once the first one's key stands.
		if _, err := tx.Exec(`INSERT INTO settings (name, value) VALUES (?,?) ON CONFLICT (name) DO NOTHING`, keySetting, secret.New().Text()); err != nil {
			return err
		}
		var text string
		if _, err := tx.Row(`SELECT value FROM settings WHERE name = ?`, []any{keySetting}, &text); err != nil {
			return err
		}
		var err error
		key, err = secret.Parse(text)
		return err
	})
	return key, err
}

// firstKey makes the key file of an office that has none yet.
func firstKey(ctx context.Context, d *db.DB, file string) ([]byte, error) {
	bound := false
	err := d.Read(ctx, func(tx *db.Tx) error {
		var err error
		bound, err = tx.Row(`SELECT value FROM settings WHERE name = ?`, []any{markSetting}, new(string))
		return err
	})
	if err != nil {
		return nil, err
	}
	if bound {
		return nil, errs.New(errs.Unavailable, "密钥文件 %s 不在。请把原来的文件放回；确实丢了的，用 chengqi new-key 换新的，二次验证要逐人重新登记", file)
	}
	text := []byte(secret.New().Text() + "\n")
	out, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = out.Write(text)
	if err = errors.Join(err, out.Sync(), out.Close()); err != nil {
		_ = os.Remove(file) // half a key would be taken for somebody else's
		return nil, err
	}
	return text, nil
}

// ForgetKey 作废密钥 lets go of a key file that is lost: what was sealed under it, the second steps, cannot be opened by
// anybody and is taken away, so that people come in by their passwords and enrol anew. The next start makes a new key.
func ForgetKey(ctx context.Context, d *db.DB) (forgotten int, err error) {
	err = d.Write(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(`DELETE FROM settings WHERE name = ?`, markSetting)
		if err != nil {
			return err
		}
		if n == 0 {
			return errs.New(errs.Refused, "本单位没有用密钥文件，密钥在数据库里，不用重换")
		}
		if forgotten, err = access.ForgetAllSeconds(tx); err != nil {
			return err
		}
		return journal.Append(tx, journal.Entry{Topic: "admin", Action: "new-key"}, map[string]any{"second_steps": forgotten})
	})
	return forgotten, err
}

// bind ties database and key file together; what was sealed under a key kept in the database is sealed anew.
func bind(tx *db.Tx, key *secret.Key, file string) error {
	var mark, old string
	bound, err := tx.Row(`SELECT value FROM settings WHERE name = ?`, []any{markSetting}, &mark)
	if err != nil {
		return err
	}
	if bound {
		if mark != key.Mark() {
			return errs.New(errs.Unavailable, "密钥文件 %s 不是这个数据库的；共用一个数据库的几个节点要用同一个密钥文件", file)
		}
		return nil
	}
	within, err := tx.Row(`SELECT value FROM settings WHERE name = ?`, []any{keySetting}, &old)
	if err != nil {
		return err
	}
	if within {
		was, err := secret.Parse(old)
		if err != nil {
			return err
		}
		if err := access.Reseal(tx, was, key); err != nil {
			return err
		}
		if _, err := tx.Exec(`DELETE FROM settings WHERE name = ?`, keySetting); err != nil {
			return err
		}
	}
	_, err = tx.Exec(`INSERT INTO settings (name, value) VALUES (?,?)`, markSetting, key.Mark())
	return err
}
