package access

import (
	"context"
	"fmt"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// kept is how many old passwords are remembered at most, whatever the rule asks for.
const kept = 24

// SetPassword stores a hash made by Hash; mustChange asks for a new one at the next log-in. The one before it is
// remembered, so that it does not come back too soon (SEC-33).
func SetPassword(tx *db.Tx, person db.ID, hash string, mustChange bool) error {
	if _, err := tx.Exec(`INSERT INTO old_passwords (person_id, at, password) SELECT person_id, ?, password FROM accounts WHERE person_id = ?
		ON CONFLICT DO NOTHING`, tx.Now, person); err != nil {
		return err
	}
	if _, err := tx.Exec(`DELETE FROM old_passwords WHERE person_id = ? AND at NOT IN
		(SELECT at FROM old_passwords WHERE person_id = ? ORDER BY at DESC LIMIT ?)`, person, person, kept); err != nil {
		return err
	}
	_, err := tx.Exec(`INSERT INTO accounts (person_id, password, must_change, password_at) VALUES (?,?,?,?)
		ON CONFLICT (person_id) DO UPDATE SET password = excluded.password, must_change = excluded.must_change,
			password_at = excluded.password_at, failures = 0, locked_until = 0`,
		person, hash, mustChange, tx.Now)
	return err
}

// ChangePassword replaces a person's own password after checking the old one; wrong ones count as failures to log in.
// Their other sessions end.
func (d *Door) ChangePassword(ctx context.Context, v Visit, old, fresh, from string) error {
	a, err := d.own(ctx, v)
	if err != nil {
		return err
	}
	if v.Means != ByPassword {
		return errs.Refuse("密码没有修改", errs.Reason{Text: "您的密码由统一的身份系统管理，请到那里修改"})
	}
	if err := d.confirm(ctx, a, old, from); err != nil {
		return err
	}
	p := d.Policy()
	reasons := p.Weak(fresh, a.username, a.name)
	used, err := d.usedBefore(ctx, a, fresh, p.History)
	if err != nil {
		return err
	}
	if used {
		reasons = append(reasons, errs.Reason{Text: fmt.Sprintf("不能与最近 %d 次用过的密码相同，请换一个", p.History), Clause: "SEC-33", Field: "new"})
	}
	if len(reasons) > 0 {
		return errs.Refuse("密码没有修改", reasons...)
	}
	hash, err := Hash(fresh)
	if err != nil {
		return err
	}
	return d.DB.Write(ctx, func(tx *db.Tx) error {
		if err := SetPassword(tx, a.person, hash, false); err != nil {
			return err
		}
		if _, err := tx.Exec(`DELETE FROM sessions WHERE person_id = ? AND token <> ?`, a.person, v.Session); err != nil {
			return err
		}
		return log(tx, a, "password-changed", map[string]string{"from": from})
	})
}

// confirm asks for the password once more before something weighty. Guessing here is guessing at the door.
func (d *Door) confirm(ctx context.Context, a *account, password, from string) error {
	if err := locked(a.locked, d.DB.Now()); err != nil {
		return err
	}
	_, ok, err := d.proven(ctx, a, password)
	if err != nil || ok {
		return err
	}
	if err := d.failed(ctx, a, "password-wrong", from); err != nil {
		return err
	}
	return errs.Refuse("没有办成", errs.Reason{Text: "密码不对，请重新输入", Field: "old"})
}

// usedBefore tells whether a password is the present one or one of those before it, as many as the rule says.
func (d *Door) usedBefore(ctx context.Context, a *account, password string, history int) (bool, error) {
	hashes := []string{a.hash}
	err := d.DB.Read(ctx, func(tx *db.Tx) error {
		return tx.Query(`SELECT password FROM old_passwords WHERE person_id = ? ORDER BY at DESC LIMIT ?`, []any{a.person, max(history-1, 0)},
			func(scan func(...any) error) error {
				var hash string
				err := scan(&hash)
				hashes = append(hashes, hash)
				return err
			})
	})
	for _, hash := range hashes {
		if err != nil {
			return false, err
		}
		var same bool
		if same, err = matches(ctx, password, hash); same {
			return true, nil
		}
	}
	return false, err
}
