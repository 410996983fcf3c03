package identity_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jimlambrt/gldap"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/identity"
)

const (
	people  = "ou=people,dc=linxi"
	service = "cn=oa,dc=linxi"
)

// staff are who the directory of the test knows; two share a telephone number.
var staff = map[string]string{"uid=3302," + people: "Dir-2026", "uid=3301," + people: "Dir-2027", service: "svc"}

// directory runs an LDAP server on this machine: plain, or with a certificate from the start.
func directory(t *testing.T, cert *tls.Config, wrapped bool) (host string) {
	t.Helper()
	server, err := gldap.NewServer()
	if err != nil {
		t.Fatal(err)
	}
	mux, err := gldap.NewMux()
	if err != nil {
		t.Fatal(err)
	}
	must := func(err error) {
		if err != nil {
			t.Error(err)
		}
	}
	must(mux.Bind(func(w *gldap.ResponseWriter, r *gldap.Request) {
		answer := r.NewBindResponse(gldap.WithResponseCode(gldap.ResultInvalidCredentials))
		m, err := r.GetSimpleBindMessage()
		if err == nil && m.Password != "" && staff[m.UserName] == string(m.Password) {
			answer.SetResultCode(gldap.ResultSuccess)
		}
		must(w.Write(answer))
	}))
	must(mux.Search(func(w *gldap.ResponseWriter, r *gldap.Request) {
		m, err := r.GetSearchMessage()
		must(err)
		if m != nil {
			for name := range staff {
				uid, _, _ := strings.Cut(strings.TrimPrefix(name, "uid="), ",")
				if m.Filter == "(uid="+uid+")" || m.Filter == "(telephone="+"6210064"+")" && strings.HasPrefix(name, "uid=") {
					must(w.Write(r.NewSearchResponseEntry(name)))
				}
			}
		}
		must(w.Write(r.NewSearchDoneResponse(gldap.WithResponseCode(gldap.ResultSuccess))))
	}))
	must(mux.ExtendedOperation(func(w *gldap.ResponseWriter, r *gldap.Request) {
		answer := r.NewExtendedResponse(gldap.WithResponseCode(gldap.ResultSuccess))
		answer.SetResponseName(gldap.ExtendedOperationStartTLS)
		must(w.Write(answer))
		must(r.StartTLS(cert))
	}, gldap.ExtendedOperationStartTLS))
	must(server.Router(mux))
	free, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	host = free.Addr().String()
	must(free.Close())
	var options []gldap.Option
	if wrapped {
		options = append(options, gldap.WithTLSConfig(cert))
	}
	go func() { _ = server.Run(host, options...) }() // ends with Stop
	t.Cleanup(func() { must(server.Stop()) })
	for range 200 {
		if server.Ready() {
			return host
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("目录服务没有起来")
	return ""
}

// certificate makes a certificate for this machine and the file an administrator would name.
func certificate(t *testing.T) (cfg *tls.Config, file string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "目录服务"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	raw, err := x509.CreateCertificate(rand.Reader, form, form, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{raw}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}, file
}

func Test目录服务核对密码(t *testing.T) {
	cert, ca := certificate(t)
	plain, wrapped := directory(t, cert, false), directory(t, cert, true)
	byTemplate := identity.DirectoryConfig{Template: "uid={工号}," + people}
	bySearch := identity.DirectoryConfig{Bind: service, Password: "svc", Base: people, Filter: "(uid={工号})"}
	for name, cfg := range map[string]identity.DirectoryConfig{
		"按模板": with(byTemplate, "ldap://"+plain, false, ""), "先查后绑": with(bySearch, "ldap://"+plain, false, ""),
		"StartTLS": with(byTemplate, "ldap://"+plain, true, ca), "ldaps": with(bySearch, "ldaps://"+wrapped, false, ca),
	} {
		t.Run(name, func(t *testing.T) {
			d, err := identity.NewDirectory(cfg)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range []struct {
				number, password string
				want             bool
			}{
				{"3302", "Dir-2026", true},
				{"3302", "Dir-2027", false},
				{"3302", "", false},
				{"", "x", false},
				{"没有的人", "x", false},
				{"3302,ou=people", "Dir-2026", false},
				{"*", "Dir-2026", false},
				{"3302)(uid=*", "Dir-2026", false},
			} {
				if got, err := d.Check(t.Context(), c.number, c.password); err != nil || got != c.want {
					t.Errorf("%q 用 %q：%v，%v", c.number, c.password, got, err)
				}
			}
		})
	}
	several, err := identity.NewDirectory(with(identity.DirectoryConfig{Base: people, Filter: "(telephone={工号})"}, "ldap://"+plain, false, ""))
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := several.Check(t.Context(), "6210064", "Dir-2026"); ok || err != nil {
		t.Errorf("查到两个人的不能登录：%v，%v", ok, err)
	}
}

func with(cfg identity.DirectoryConfig, url string, startTLS bool, ca string) identity.DirectoryConfig {
	cfg.URL, cfg.StartTLS, cfg.CAFile = url, startTLS, ca
	return cfg
}

func Test目录服务的证书不可信或连不上时说明白(t *testing.T) {
	cert, _ := certificate(t)
	host := directory(t, cert, true)
	for _, url := range []string{"ldaps://" + host, "ldap://127.0.0.1:1"} {
		d, err := identity.NewDirectory(identity.DirectoryConfig{URL: url, Template: "uid={工号}," + people})
		if err != nil {
			t.Fatal(err)
		}
		if ok, err := d.Check(t.Context(), "3302", "Dir-2026"); ok || errs.KindOf(err) != errs.Unavailable {
			t.Errorf("%s：%v，%v", url, ok, err)
		}
	}
	for _, cfg := range []identity.DirectoryConfig{
		{URL: "ldap://10.0.0.1", Template: "uid={工号}"},
		{URL: "https://10.0.0.1", Template: "uid={工号}"},
		{URL: "ldaps://10.0.0.1"},
		{URL: "ldaps://10.0.0.1", Template: "uid=x"},
		{URL: "ldaps://10.0.0.1", Template: "uid={工号}", CAFile: "/没有"},
	} {
		if _, err := identity.NewDirectory(cfg); errs.KindOf(err) != errs.Refused {
			t.Errorf("%+v 应被拒绝：%v", cfg, err)
		}
	}
}
