package access

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"encoding/hex"
	"strings"
	"time"

	"github.com/emmansun/gmsm/sm3"
	"github.com/pquerna/otp/totp"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/base/secret"
)

// The second step 二次验证: after the password a code that changes every half minute, made by a phone from a secret
// shared once (RFC 6238); GB/T 22239-2019 8.1.4.1 asks for two kinds of proof.

const (
	period       = 30 // seconds a code stands
	codesGiven   = 10
	issuer       = "承启"
	secretFor    = "second-step"
	codeNotRight = "验证码不对，请看手机上现在显示的六位数字"
)

// demandSetting is the name of the setting that asks a second step of the three administrators; absent: not asked.
const demandSetting = "admins-second-step"

// Enrolment 登记 is what a phone needs to make codes.
type Enrolment struct {
	Secret string // to be typed in
	URI    string // to be read from a picture
}

// Second 二次验证情况 is how the second step of one account stands.
type Second struct {
	On       bool
	Since    time.Time
	CodeLeft int  // recovery codes not used yet
	Demanded bool // asked of this person by the office
}

// wanted asks for the code. It is no failure: the page shows the second step.
func wanted() error {
	e := errs.New(errs.Unauthorized, "请输入手机验证器上的六位验证码")
	e.Reasons = []errs.Reason{{Text: "手机不在身边时可用恢复码", Field: "code"}}
	return e
}

// secondStep holds an attempt to its second step, if the account has one.
func (d *Door) secondStep(ctx context.Context, a *account, t Attempt) error {
	on := false
	err := d.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		on, err = tx.Row(`SELECT 1 FROM second_steps WHERE person_id = ? AND since > 0`, []any{a.person}, new(int))
		return err
	})
	if err != nil || !on {
		return err
	}
	if strings.TrimSpace(t.Code) == "" {
		return wanted()
	}
	ok, err := d.spend(ctx, a, t.Code)
	if err != nil || ok {
		return err
	}
	if err := d.failed(ctx, a, "code-failed", t.From); err != nil {
		return err
	}
	e := errs.New(errs.Unauthorized, "%s", codeNotRight)
	e.Reasons = []errs.Reason{{Text: "每个验证码、恢复码只能用一次", Field: "code"}}
	return e
}

// spend uses a code up: one of the phone's, or a recovery code.
func (d *Door) spend(ctx context.Context, a *account, code string) (bool, error) {
	ok := false
	err := d.DB.Write(ctx, func(tx *db.Tx) error {
		var sealed string
		found, err := tx.Row(`SELECT secret FROM second_steps WHERE person_id = ?`, []any{a.person}, &sealed)
		if err != nil || !found {
			return err
		}
		key, err := d.Key.Open(secretFor, sealed)
		if err != nil {
			return err
		}
		if step := stepOf(string(key), code, tx.Now); step > 0 {
			n, err := tx.Exec(`UPDATE second_steps SET last_step = ? WHERE person_id = ? AND last_step < ?`, step, a.person, step)
			ok = n == 1
			return err
		}
		n, err := tx.Exec(`UPDATE recovery_codes SET used_at = ? WHERE person_id = ? AND digest = ? AND used_at = 0`, tx.Now, a.person, recoveryDigest(code))
		if err != nil || n == 0 {
			return err
		}
		ok = true
		return log(tx, a, "recovery-code-used", nil)
	})
	return ok, err
}

// stepOf finds the half minute a code belongs to: the present one or a neighbour, for clocks differ; 0 when none.
func stepOf(key, code string, now time.Time) int64 {
	code = strings.ReplaceAll(strings.TrimSpace(code), " ", "")
	for _, skew := range []int64{0, -1, 1} {
		at := now.Add(time.Duration(skew) * period * time.Second)
		want, err := totp.GenerateCode(key, at)
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			return at.Unix() / period
		}
	}
	return 0
}

var plainBase32 = base32.StdEncoding.WithPadding(base32.NoPadding)

// recoveryCode makes a code of 80 bits, written in fours.
func recoveryCode() string {
	raw := make([]byte, 10)
	_, _ = rand.Read(raw) // never fails
	s := plainBase32.EncodeToString(raw)
	return s[:4] + "-" + s[4:8] + "-" + s[8:12] + "-" + s[12:]
}

// recoveryDigest is the stored form. The code is long and random: nothing is gained by a slow hash.
func recoveryDigest(code string) string {
	letters := strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' {
			return -1
		}
		return r
	}, strings.ToUpper(code))
	sum := sm3.Sum([]byte(letters))
	return hex.EncodeToString(sum[:])
}

// Enrol begins a second step: a new secret, of no effect until confirmed by a code made from it.
func (d *Door) Enrol(ctx context.Context, v Visit, password, from string) (Enrolment, error) {
	a, err := d.own(ctx, v)
	if err != nil {
		return Enrolment{}, err
	}
	if v.Means == ByProvider {
		return Enrolment{}, errs.Refuse("没有开启", errs.Reason{Text: "您由统一身份认证登录，二次验证在那里设置"})
	}
	if err := d.confirm(ctx, a, password, from); err != nil {
		return Enrolment{}, err
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: a.username, Period: period})
	if err != nil {
		return Enrolment{}, err
	}
	err = d.DB.Write(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(`INSERT INTO second_steps (person_id, secret) VALUES (?,?)
			ON CONFLICT (person_id) DO UPDATE SET secret = excluded.secret, last_step = 0 WHERE second_steps.since = 0`,
			a.person, d.Key.Seal(secretFor, []byte(key.Secret())))
		if err == nil && n == 0 {
			err = errs.Refuse("没有开启", errs.Reason{Text: "二次验证已经开启；换手机请先关闭再开启"})
		}
		return err
	})
	return Enrolment{key.Secret(), key.URL()}, err
}

// Confirm puts the second step in force and gives the recovery codes, this once.
func (d *Door) Confirm(ctx context.Context, v Visit, code, from string) ([]string, error) {
	return d.withCode(ctx, v, code, from, false, func(tx *db.Tx, a *account) ([]string, error) {
		if _, err := tx.Exec(`UPDATE second_steps SET since = ? WHERE person_id = ? AND since = 0`, tx.Now, a.person); err != nil {
			return nil, err
		}
		codes, err := giveCodes(tx, a.person)
		if err != nil {
			return nil, err
		}
		return codes, log(tx, a, "second-step-on", map[string]string{"from": from})
	})
}

// Renew gives new recovery codes; the old ones are void.
func (d *Door) Renew(ctx context.Context, v Visit, code, from string) ([]string, error) {
	return d.withCode(ctx, v, code, from, true, func(tx *db.Tx, a *account) ([]string, error) {
		codes, err := giveCodes(tx, a.person)
		if err != nil {
			return nil, err
		}
		return codes, log(tx, a, "recovery-codes-renewed", map[string]string{"from": from})
	})
}

// Remove ends the second step. Of whom the office asks it, it cannot be taken away by themselves.
func (d *Door) Remove(ctx context.Context, v Visit, code, from string) error {
	_, err := d.withCode(ctx, v, code, from, true, func(tx *db.Tx, a *account) ([]string, error) {
		demanded, err := Demanded(tx)
		if err != nil {
			return nil, err
		}
		if demanded && a.admin {
			return nil, errs.Refuse("没有关闭", errs.Reason{Text: "本单位要求管理员使用二次验证，不能关闭"})
		}
		if err := ForgetSecond(tx, a.person); err != nil {
			return nil, err
		}
		return nil, log(tx, a, "second-step-off", map[string]string{"from": from})
	})
	return err
}

// withCode does something for which a code must be given, on a second step that is on or still to be confirmed.
func (d *Door) withCode(ctx context.Context, v Visit, code, from string, on bool, fn func(*db.Tx, *account) ([]string, error)) ([]string, error) {
	a, err := d.own(ctx, v)
	if err != nil {
		return nil, err
	}
	if err := locked(a.locked, d.DB.Now()); err != nil {
		return nil, err
	}
	state, err := d.secondOf(ctx, v.Person)
	if err != nil {
		return nil, err
	}
	if state.On != on {
		return nil, errs.Refuse("没有办成", errs.Reason{Text: map[bool]string{true: "二次验证还没有开启", false: "二次验证已经开启"}[on]})
	}
	ok, err := d.spend(ctx, a, code)
	if err != nil {
		return nil, err
	}
	if !ok {
		if on { // a mistake while enrolling is no guess at anything
			err = d.failed(ctx, a, "code-failed", from)
		}
		if err != nil {
			return nil, err
		}
		return nil, errs.Refuse("没有办成", errs.Reason{Text: codeNotRight, Field: "code"})
	}
	var out []string
	err = d.DB.Write(ctx, func(tx *db.Tx) error {
		out, err = fn(tx, a)
		return err
	})
	return out, err
}

func giveCodes(tx *db.Tx, person db.ID) ([]string, error) {
	if _, err := tx.Exec(`DELETE FROM recovery_codes WHERE person_id = ?`, person); err != nil {
		return nil, err
	}
	codes := make([]string, codesGiven)
	for i := range codes {
		codes[i] = recoveryCode()
		if _, err := tx.Exec(`INSERT INTO recovery_codes (person_id, digest) VALUES (?,?)`, person, recoveryDigest(codes[i])); err != nil {
			return nil, err
		}
	}
	return codes, nil
}

// ForgetSecond takes a person's second step away: they lost the phone and the codes, and the system administrator has
// made sure who is asking.
func ForgetSecond(tx *db.Tx, person db.ID) error {
	if _, err := tx.Exec(`DELETE FROM recovery_codes WHERE person_id = ?`, person); err != nil {
		return err
	}
	_, err := tx.Exec(`DELETE FROM second_steps WHERE person_id = ?`, person)
	return err
}

// ForgetAllSeconds takes every second step away and tells how many were in force: the key that sealed them is lost.
func ForgetAllSeconds(tx *db.Tx) (inForce int, err error) {
	if _, err := tx.Row(`SELECT COUNT(*) FROM second_steps WHERE since > 0`, nil, &inForce); err != nil {
		return 0, err
	}
	for _, q := range []string{`DELETE FROM recovery_codes`, `DELETE FROM second_steps`} {
		if _, err := tx.Exec(q); err != nil {
			return 0, err
		}
	}
	return inForce, nil
}

func (d *Door) secondOf(ctx context.Context, person db.ID) (Second, error) {
	var s Second
	err := d.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		s, err = d.Second(tx, person)
		return err
	})
	return s, err
}

// Second tells how a person's second step stands.
func (d *Door) Second(tx *db.Tx, person db.ID) (Second, error) {
	var s Second
	var since int64
	if _, err := tx.Row(`SELECT since FROM second_steps WHERE person_id = ?`, []any{person}, &since); err != nil {
		return s, err
	}
	s.On, s.Since = since > 0, db.Time(since)
	if _, err := tx.Row(`SELECT COUNT(*) FROM recovery_codes WHERE person_id = ? AND used_at = 0`, []any{person}, &s.CodeLeft); err != nil {
		return s, err
	}
	asked, err := Demanded(tx)
	if err != nil || !asked {
		return s, err
	}
	dir, err := d.Book.Directory(tx)
	s.Demanded = err == nil && dir.IsAdmin(person)
	return s, err
}

// Demanded tells whether the three administrators are asked for a second step.
func Demanded(tx *db.Tx) (bool, error) {
	return tx.Row(`SELECT value FROM settings WHERE name = ?`, []any{demandSetting}, new(string))
}

// Demand asks the three administrators for a second step, or no longer.
func Demand(tx *db.Tx, on bool) error {
	if _, err := tx.Exec(`DELETE FROM settings WHERE name = ?`, demandSetting); err != nil || !on {
		return err
	}
	_, err := tx.Exec(`INSERT INTO settings (name, value) VALUES (?,?)`, demandSetting, "on")
	return err
}

// Reseal seals every secret under another key.
func Reseal(tx *db.Tx, from, to *secret.Key) error {
	sealed := map[db.ID]string{}
	err := tx.Query(`SELECT person_id, secret FROM second_steps`, nil, func(scan func(...any) error) error {
		var person db.ID
		var text string
		err := scan(&person, &text)
		sealed[person] = text
		return err
	})
	if err != nil {
		return err
	}
	for person, text := range sealed {
		plain, err := from.Open(secretFor, text)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(`UPDATE second_steps SET secret = ? WHERE person_id = ?`, to.Seal(secretFor, plain), person); err != nil {
			return err
		}
	}
	return nil
}
