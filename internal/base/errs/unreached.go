package errs

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"os"
	"syscall"
)

// Unreached 连不上 says why another service could not be spoken to, in words for whoever set its address; empty if the
// network told nothing. Untrusted tells that it answered, and its certificate is not taken: waiting does not mend that.
func Unreached(err error) (why string, untrusted bool) {
	var (
		name     *net.DNSError
		stranger x509.UnknownAuthorityError
		misnamed x509.HostnameError
		bad      *tls.CertificateVerificationError
		n        net.Error
	)
	switch {
	case errors.As(err, &name):
		return "找不到主机 " + name.Name + "，请检查地址和域名解析", false
	case errors.As(err, &stranger):
		return "证书不被信任，请把签发它的根证书装进系统（放进 /usr/local/share/ca-certificates，再 update-ca-certificates）", true
	case errors.As(err, &misnamed):
		return "证书不是给这台主机的，请检查地址", true
	case errors.As(err, &bad):
		return "证书过期或不能用，也请看本机的时间对不对", true
	case errors.Is(err, syscall.ECONNREFUSED):
		return "那里没有服务在听，请检查地址和端口", false
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return "到那台主机的网络不通", false
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded), errors.As(err, &n) && n.Timeout():
		return "没有应答，请检查地址、端口和防火墙", false
	}
	return "", false
}
