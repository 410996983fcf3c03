package identity_test

import (
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/record/identity"
)

// What config check says of the directory service, against one at work on this machine.
func Test目录服务试一试就知道通不通(t *testing.T) {
	cert, ca := certificate(t)
	plain, wrapped := directory(t, cert, false), directory(t, cert, true)
	search := identity.DirectoryConfig{Bind: service, Password: "svc", Base: people, Filter: "(uid={工号})"}
	wrong := search
	wrong.Password = "不对的"
	for name, c := range map[string]struct {
		cfg  identity.DirectoryConfig
		want string
	}{
		"按模板":     {with(identity.DirectoryConfig{Template: "uid={工号}," + people}, "ldap://"+plain, true, ca), ""},
		"先查后绑":    {with(search, "ldaps://"+wrapped, false, ca), ""},
		"查询账号不对":  {with(wrong, "ldaps://"+wrapped, false, ca), "不接受查询账号"},
		"证书不认":    {with(search, "ldaps://"+wrapped, false, ""), "证书不被信任"},
		"没有这台主机":  {with(search, "ldaps://directory.invalid", false, ca), "directory.invalid"},
		"那里没有服务":  {with(search, "ldaps://127.0.0.1:1", false, ca), "没有服务在听"},
		"不是加密的端口": {with(search, "ldaps://"+plain, false, ca), "答的不对"},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := identity.NewDirectory(c.cfg)
			if err != nil {
				t.Fatal(err)
			}
			err = d.Try(t.Context())
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("应说“%s”：%v", c.want, err)
			}
		})
	}
}
