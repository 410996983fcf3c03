package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/chengqi-oa/chengqi/internal/app"
	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/access"
)

// says runs the program and expects its exit code and a word.
func says(t *testing.T, code int, word string, args ...string) {
	t.Helper()
	said, got := told(t, nil, args...)
	if got != code || !strings.Contains(said, word) {
		t.Errorf("%v：退出码 %d，应为 %d 并说到“%s”：\n%s", args, got, code, word, said)
	}
}

// enrolled turns on the second step of the clerk and gives its secret.
func enrolled(t *testing.T, p *process) string {
	t.Helper()
	a := p.open()
	defer a.Close()
	l, err := a.Door.Login(t.Context(), access.Attempt{Username: "3102", Password: apptest.Password})
	if err != nil {
		t.Fatal(err)
	}
	v, err := a.Door.Who(t.Context(), l.Token, true)
	if err != nil {
		t.Fatal(err)
	}
	e, err := a.Door.Enrol(t.Context(), v, apptest.Password, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Door.Confirm(t.Context(), v, phone(t, e.Secret), ""); err != nil {
		t.Fatal(err)
	}
	return e.Secret
}

func phone(t *testing.T, secret string) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// enters logs the clerk in with a code, at whatever office the configuration opens.
func enters(t *testing.T, cfg app.Config, code string) error {
	t.Helper()
	a, err := app.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	err = a.DB.Write(t.Context(), func(tx *db.Tx) error { // a code is good once; the same half minute may be asked again
		_, err := tx.Exec(`UPDATE second_steps SET last_step = 0`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = a.Door.Login(context.Background(), access.Attempt{Username: "3102", Password: apptest.Password, Code: code})
	return err
}

func Test密钥文件不随备份走服务备份恢复都要它(t *testing.T) {
	p := prepared(t)
	secret := enrolled(t, p) // under the key in the database
	key := filepath.Join(t.TempDir(), "chengqi.key")
	p.serve("--key-file", key)
	if code := p.stop(); code != 0 {
		t.Fatalf("退出码 %d：%s", code, p.log.String())
	}
	info, err := os.Stat(key)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("密钥文件没有写成只有服务账号可读：%v %v", info, err)
	}
	office := []string{"--data", p.data}
	if p.dsn != "" {
		office = append(office, "--db", p.dsn)
	}
	with := func(command string, more ...string) []string {
		return append(append([]string{command}, office...), more...)
	}
	to, data := filepath.Join(t.TempDir(), "全量.zip"), filepath.Join(t.TempDir(), "恢复")
	says(t, 1, "请用 --key-file 指明", with("serve", "--listen", "127.0.0.1:0")...)
	says(t, 1, "请用 --key-file 指明", with("backup", "--to", to)...)
	says(t, 0, "备份完成", with("backup", "--to", to, "--key-file", key)...)
	for name, file := range map[string]string{"数据库": filepath.Join(p.data, "chengqi.db"), "备份": to} {
		raw, err := os.ReadFile(file)
		text, keyErr := os.ReadFile(key)
		if p.dsn == "" && (err != nil || keyErr != nil || strings.Contains(string(raw), strings.TrimSpace(string(text)))) {
			t.Errorf("%s里有密钥：%v", name, err)
		}
	}

	says(t, 0, "恢复完成", "restore", "--from", to, "--data", data, "--key-file", key)
	says(t, 1, "请用 --key-file 指明", "people", "--data", data)
	if err := enters(t, app.Config{Data: data, KeyFile: key}, phone(t, secret)); err != nil {
		t.Errorf("恢复以后二次验证不认了：%v", err)
	}
	other := filepath.Join(t.TempDir(), "别家的.key")
	says(t, 0, "已建立", "setup", "--agency", "别家", "--data", t.TempDir(), "--key-file", other)
	says(t, 1, "不是这个数据库的", "people", "--data", data, "--key-file", other)

	// The key is lost: it is said what to do, and doing it lets people in again.
	if err := os.Remove(key); err != nil {
		t.Fatal(err)
	}
	says(t, 1, "chengqi new-key", "people", "--data", data, "--key-file", key)
	says(t, 1, "还在，不用换", "new-key", "--data", data, "--key-file", other)
	says(t, 0, "作废二次验证 1 人", "new-key", "--data", data, "--key-file", key)
	if err := enters(t, app.Config{Data: data, KeyFile: key}, ""); err != nil {
		t.Errorf("换了密钥以后进不来：%v", err)
	}
	says(t, 0, "留痕完好", "verify", "--data", data, "--key-file", key)
	without := t.TempDir()
	says(t, 0, "已建立", "setup", "--agency", "没有密钥文件的", "--data", without)
	says(t, 1, "密钥在数据库里", "new-key", "--data", without)
}
