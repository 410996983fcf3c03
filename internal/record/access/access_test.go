package access_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/access"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
	"github.com/chengqi-oa/chengqi/internal/record/rulebook"
	"github.com/chengqi-oa/chengqi/workday"
)

const who = "3302" // 阮清如

// desk 登录处 is the sample office seen from its door.
type desk struct {
	*apptest.Office
	t *testing.T
}

func open(t *testing.T) desk { return desk{apptest.Open(t), t} }

func (d desk) try(number, password, code string) (*access.Login, error) {
	return d.Door.Login(d.t.Context(), access.Attempt{Username: number, Password: password, Code: code, From: "10.1.2.3", Agent: "试验浏览器"})
}

func (d desk) enter(number, password, code string) (access.Visit, string) {
	d.t.Helper()
	l, err := d.try(number, password, code)
	if err != nil {
		d.t.Fatalf("%s没有登录成：%v", number, err)
	}
	return d.who(l.Token), l.Token
}

func (d desk) who(token string) access.Visit {
	d.t.Helper()
	v, err := d.Door.Who(d.t.Context(), token, false)
	if err != nil {
		d.t.Fatal(err)
	}
	return v
}

func (d desk) refused(want string, err error) {
	d.t.Helper()
	if err == nil || errs.KindOf(err) == errs.Internal || !strings.Contains(err.Error(), want) {
		d.t.Errorf("应因“%s”被拒绝，却是：%v", want, err)
	}
}

// deeds are the journal's words about logging in, oldest first.
func (d desk) deeds() []string {
	d.t.Helper()
	var all []string
	err := d.DB.Read(context.Background(), func(tx *db.Tx) error {
		return tx.Query(`SELECT body FROM journal WHERE topic = 'login' ORDER BY seq`, nil, func(scan func(...any) error) error {
			var body []byte
			if err := scan(&body); err != nil {
				return err
			}
			var e journal.Entry
			err := json.Unmarshal(body, &e)
			all = append(all, e.Action)
			return err
		})
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return all
}

func (d desk) amend(clause string, params ...rulebook.Param) {
	d.t.Helper()
	err := d.DB.Write(d.t.Context(), func(tx *db.Tx) error {
		_, err := d.Engine.Model().Amend(tx, rulebook.Edition{
			ID: clause, Text: "本单位的规定", Params: params, Since: workday.DayOf(d.Now()), Reason: "试验", By: d.Directory().ByUsername("9001").ID,
		})
		return err
	})
	if err == nil {
		err = d.Engine.Refresh(d.t.Context(), d.Definitions())
	}
	if err != nil {
		d.t.Fatal(err)
	}
}

func Test登录规定随制度库的参数变(t *testing.T) {
	d := open(t)
	if p := d.Door.Policy(); p != (access.Policy{Tries: 5, LockFor: 30 * time.Minute, Idle: 15 * time.Minute, Age: 90 * 24 * time.Hour, History: 5, Length: 10}) {
		t.Errorf("样例的规定是%+v", p)
	}
	d.amend("OA-28", rulebook.Param{Key: "lock", Value: "2 tries,1 小时"}, rulebook.Param{Key: "idle", Value: "5 minutes"})
	d.amend("SEC-33", rulebook.Param{Key: "max_age", Value: "30 days"}, rulebook.Param{Key: "history", Value: "3 到 5 次"}, rulebook.Param{Key: "min_len", Value: "12"})
	if p := d.Door.Policy(); p != (access.Policy{Tries: 2, LockFor: time.Hour, Idle: 5 * time.Minute, Age: 30 * 24 * time.Hour, History: 5, Length: 12}) {
		t.Errorf("改过的规定是%+v", p) // 写得读不出的一项照原来的
	}
	for range 2 {
		_, err := d.try(who, "错的", "")
		d.refused("不对", err)
	}
	_, err := d.try(who, apptest.Password, "")
	d.refused("已锁定", err)
	d.Advance(time.Hour + time.Minute)
	_, token := d.enter(who, apptest.Password, "")
	d.Advance(6 * time.Minute)
	if d.who(token).Person != 0 {
		t.Error("空闲超过五分钟，登录还在")
	}
	if got, want := d.deeds(), []string{"login-failed", "login-failed", "login"}; !slices.Equal(got, want) {
		t.Errorf("留痕是%v，应是%v", got, want)
	}
}

func Test密码到期强制修改且不与前五次重复(t *testing.T) {
	d := open(t)
	v, _ := d.enter(who, apptest.Password, "")
	if v.Must != "" || !v.PasswordUntil.Equal(apptest.Start.Add(90*24*time.Hour)) {
		t.Errorf("新密码第一天：%+v", v)
	}
	d.Until(apptest.Start.Add(90*24*time.Hour - time.Minute))
	v, token := d.enter(who, apptest.Password, "")
	d.Advance(10 * time.Minute)
	if got := d.who(token); v.Must != "" || got.Must != "" {
		t.Error("到期当天已经登录的，当次不受影响")
	}
	v, token = d.enter(who, apptest.Password, "")
	if v.Must != access.MustChange {
		t.Fatalf("到期没有要求修改：%+v", v)
	}
	d.amend("SEC-33", rulebook.Param{Key: "max_age", Value: "90 days"}, rulebook.Param{Key: "history", Value: "2"}, rulebook.Param{Key: "min_len", Value: "10"})
	change := func(old, fresh string) error {
		d.Advance(time.Second)
		return d.Door.ChangePassword(t.Context(), v, old, fresh, "10.1.2.3")
	}
	d.refused("不能与最近 2 次", change(apptest.Password, apptest.Password))
	d.refused("至少 10 位", change(apptest.Password, "abc3302"))
	d.refused("密码不对", change("错的", "Mima-2027-A"))
	if err := change(apptest.Password, "Mima-2027-A"); err != nil {
		t.Fatal(err)
	}
	if got := d.who(token); got.Must != "" || got.Person == 0 {
		t.Errorf("改了密码以后：%+v", got)
	}
	d.refused("不能与最近 2 次", change("Mima-2027-A", apptest.Password))
	if err := change("Mima-2027-A", "Mima-2027-B"); err != nil {
		t.Fatal(err)
	}
	if err := change("Mima-2027-B", apptest.Password); err != nil {
		t.Errorf("两次以前的密码可以再用：%v", err)
	}
}

func Test自己的登录看得到也退得掉(t *testing.T) {
	d := open(t)
	here, hereToken := d.enter(who, apptest.Password, "")
	there, thereToken := d.enter(who, apptest.Password, "")
	other, otherToken := d.enter("3102", apptest.Password, "")
	_, third := d.enter(who, apptest.Password, "")
	list := func() []access.Session {
		var all []access.Session
		err := d.DB.Read(t.Context(), func(tx *db.Tx) error {
			var err error
			all, err = d.Door.Sessions(tx, here.Person)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	if all := list(); len(all) != 3 || all[0].From != "10.1.2.3" || all[0].Agent != "试验浏览器" || !all[0].Since.Equal(apptest.Start) {
		t.Errorf("登录有%+v", all)
	}
	_, err := d.Door.EndSession(t.Context(), here, other.Session)
	d.refused("已经退出", err) // 别人的退不掉
	if _, err := d.Door.EndSession(t.Context(), here, there.Session); err != nil {
		t.Fatal(err)
	}
	if d.who(thereToken).Person != 0 || d.who(otherToken).Person == 0 {
		t.Error("退的不是那一处")
	}
	if n, err := d.Door.EndSession(t.Context(), here, ""); err != nil || n != 1 || d.who(third).Person != 0 || d.who(hereToken).Person == 0 {
		t.Errorf("退出其余：%d 处，%v", n, err)
	}
	l, err := d.Door.Login(t.Context(), access.Attempt{Username: who, Password: apptest.Password, Replaces: hereToken})
	if err != nil || len(list()) != 1 || d.who(hereToken).Person != 0 || d.who(l.Token).Person == 0 {
		t.Error("解锁屏幕后，原来的登录应被接替")
	}
}

// phone 手机 makes codes from the secret as an authenticator does.
func (d desk) phone(secret string) string {
	d.t.Helper()
	code, err := totp.GenerateCode(secret, d.Now())
	if err != nil {
		d.t.Fatal(err)
	}
	return code
}

// enrol opens the second step for a person and gives the secret and the recovery codes.
func (d desk) enrol(number string) (secret string, codes []string) {
	d.t.Helper()
	v, _ := d.enter(number, apptest.Password, "")
	e, err := d.Door.Enrol(d.t.Context(), v, apptest.Password, "10.1.2.3")
	if err != nil {
		d.t.Fatal(err)
	}
	codes, err = d.Door.Confirm(d.t.Context(), v, d.phone(e.Secret), "10.1.2.3")
	if err != nil {
		d.t.Fatal(err)
	}
	return e.Secret, codes
}

func Test二次验证从开启到登录(t *testing.T) {
	d := open(t)
	v, _ := d.enter(who, apptest.Password, "")
	_, err := d.Door.Enrol(t.Context(), v, "错的", "")
	d.refused("密码不对", err)
	e, err := d.Door.Enrol(t.Context(), v, apptest.Password, "")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(e.URI, "otpauth://totp/") || !strings.Contains(e.URI, e.Secret) {
		t.Errorf("二维码里是%s", e.URI)
	}
	_, err = d.Door.Confirm(t.Context(), v, "000000", "")
	d.refused("验证码不对", err)
	d.enter(who, apptest.Password, "") // 没有确认以前不要验证码
	codes, err := d.Door.Confirm(t.Context(), v, d.phone(e.Secret), "")
	if err != nil || len(codes) != 10 {
		t.Fatalf("恢复码%v，%v", codes, err)
	}
	_, err = d.try(who, apptest.Password, "")
	var asked *errs.Error
	if !errors.As(err, &asked) || asked.Kind != errs.Unauthorized || asked.Reasons[0].Field != "code" {
		t.Errorf("没有要求验证码：%v", err)
	}
	_, err = d.try(who, apptest.Password, d.phone(e.Secret))
	d.refused("只能用一次", err) // 确认时用掉了
	d.Advance(30 * time.Second)
	d.enter(who, apptest.Password, d.phone(e.Secret))
	_, err = d.try(who, apptest.Password, d.phone(e.Secret))
	d.refused("只能用一次", err)
	d.enter(who, apptest.Password, strings.ToLower(codes[3]))
	_, err = d.try(who, apptest.Password, codes[3])
	d.refused("只能用一次", err)
	_, err = d.try(who, "错的", codes[4])
	d.refused("工号或密码不对", err)
	d.enter(who, apptest.Password, codes[4]) // 密码错的那次没有用掉恢复码
	want := []string{
		"login", "password-wrong", "login", "second-step-on", "code-failed", "login", "code-failed", "recovery-code-used", "login", "code-failed",
		"login-failed", "recovery-code-used", "login",
	}
	if got := d.deeds(); !slices.Equal(got, want) {
		t.Errorf("留痕是%v\n应是　%v", got, want)
	}
}

func Test验证码也算错登录(t *testing.T) {
	d := open(t)
	secret, codes := d.enrol(who)
	d.Advance(time.Minute)
	for range 5 {
		_, err := d.try(who, apptest.Password, "123")
		d.refused("验证码不对", err)
	}
	_, err := d.try(who, apptest.Password, d.phone(secret))
	d.refused("已锁定", err)
	d.Advance(31 * time.Minute)
	v, _ := d.enter(who, apptest.Password, d.phone(secret))
	d.Advance(time.Minute)
	fresh, err := d.Door.Renew(t.Context(), v, d.phone(secret), "")
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.try(who, apptest.Password, codes[0])
	d.refused("验证码不对", err) // 换过一批，旧的作废
	d.enter(who, apptest.Password, fresh[0])
	if err := d.Door.Remove(t.Context(), v, fresh[1], ""); err != nil {
		t.Fatal(err)
	}
	d.enter(who, apptest.Password, "")
}

func Test要求管理员二次验证(t *testing.T) {
	d := open(t)
	err := d.DB.Write(t.Context(), func(tx *db.Tx) error { return access.Demand(tx, true) })
	if err != nil {
		t.Fatal(err)
	}
	v, token := d.enter("9001", apptest.Password, "")
	if v.Must != access.MustEnrol {
		t.Fatalf("没有要求管理员开启：%+v", v)
	}
	if v, _ := d.enter(who, apptest.Password, ""); v.Must != "" {
		t.Error("没有要求别人")
	}
	secret, _ := d.enrol("9001")
	if d.who(token).Must != "" {
		t.Error("开启以后还要求")
	}
	d.Advance(time.Minute)
	d.refused("不能关闭", d.Door.Remove(t.Context(), v, d.phone(secret), ""))
	err = d.DB.Write(t.Context(), func(tx *db.Tx) error { return access.ForgetSecond(tx, v.Person) })
	if err != nil || d.who(token).Must != access.MustEnrol {
		t.Errorf("重置以后要重新开启：%v", err)
	}
}

func Test密钥不以明文留在库里(t *testing.T) {
	d := open(t)
	secret, codes := d.enrol(who)
	err := d.DB.Read(t.Context(), func(tx *db.Tx) error {
		var sealed, digest string
		if _, err := tx.Row(`SELECT secret FROM second_steps`, nil, &sealed); err != nil {
			return err
		}
		if strings.Contains(sealed, secret) {
			t.Error("密钥是明文")
		}
		return tx.Query(`SELECT digest FROM recovery_codes`, nil, func(scan func(...any) error) error {
			err := scan(&digest)
			if slices.Contains(codes, digest) {
				t.Error("恢复码是明文")
			}
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func Test用目录服务的密码登录而管理员仍用本系统的密码(t *testing.T) {
	d := open(t)
	down := false
	d.Door.Outside = func(_ context.Context, username, password string) (bool, error) {
		if down {
			return false, errs.New(errs.Unavailable, "目录服务暂时连不上")
		}
		return username == who && password == "Dir-2026", nil
	}
	_, err := d.try(who, apptest.Password, "")
	d.refused("不对", err)
	v, _ := d.enter(who, "Dir-2026", "")
	if v.Means != access.ByDirectory || !v.PasswordUntil.IsZero() {
		t.Errorf("目录服务的登录：%+v", v)
	}
	d.refused("统一的身份系统", d.Door.ChangePassword(t.Context(), v, "Dir-2026", "Mima-2027-A", ""))
	if v, _ := d.enter("9001", apptest.Password, ""); v.Means != access.ByPassword {
		t.Errorf("管理员的登录：%+v", v)
	}
	down = true
	_, err = d.try(who, "Dir-2026", "")
	d.refused("连不上", err)
	d.enter("9001", apptest.Password, "")
	if got := d.deeds(); !slices.Equal(got, []string{"login-failed", "login", "login", "login"}) {
		t.Errorf("连不上不算输错：%v", got)
	}
}

func Test密码里不能有工号和姓名(t *testing.T) {
	p := access.Policy{Length: 10}
	for password, want := range map[string]int{"Ruanqingru-26": 1, "Ab-12阮清如345": 1, "x3302-Abcdef": 1, "Chengqi-2026": 0, "Ruan-Qing-2026": 0} {
		if got := p.Weak(password, "3302", "阮清如"); len(got) != want {
			t.Errorf("%s：%v", password, got)
		}
	}
}
