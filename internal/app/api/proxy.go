package api

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// proxies 可信代理 are the machines whose word counts on where a request came from and whether it came by https.
type proxies []netip.Prefix

// ParseProxies reads addresses and networks.
func ParseProxies(texts []string) ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, text := range texts {
		p, err := netip.ParsePrefix(text)
		if err != nil {
			ip, ipErr := netip.ParseAddr(text)
			if ipErr != nil {
				return nil, errs.New(errs.Refused, "可信代理“%s”不是地址或网段", text)
			}
			p = netip.PrefixFrom(ip, ip.BitLen())
		}
		out = append(out, p)
	}
	return out, nil
}

func (p proxies) trusts(ip netip.Addr) bool {
	for _, net := range p {
		if net.Contains(ip.Unmap()) {
			return true
		}
	}
	return false
}

type secureKey struct{}

// settle finds out where a request really came from. Anyone can write the headers; they are believed only from a trusted
// proxy, and of the addresses in them only what trusted proxies added: the first one from the right that is not theirs.
func (p proxies) settle(r *http.Request) *http.Request {
	secure := r.TLS != nil
	host, _, _ := net.SplitHostPort(r.RemoteAddr)
	if ip, err := netip.ParseAddr(host); err == nil && p.trusts(ip) {
		secure = secure || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https")
		hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		for i := len(hops) - 1; i >= 0; i-- {
			hop, err := parseHop(strings.TrimSpace(hops[i]))
			if err != nil {
				if i == len(hops)-1 && hops[i] != "" { // whoever it is, it is not the proxy's own machine
					r.RemoteAddr = "0.0.0.0:0"
				}
				break
			}
			r.RemoteAddr = net.JoinHostPort(hop.Unmap().String(), "0")
			if !p.trusts(hop) {
				break
			}
		}
	}
	return r.WithContext(context.WithValue(r.Context(), secureKey{}, secure))
}

// parseHop reads an address as proxies write it, some with the port.
func parseHop(text string) (netip.Addr, error) {
	if at, err := netip.ParseAddrPort(text); err == nil {
		return at.Addr(), nil
	}
	return netip.ParseAddr(text)
}

func isSecure(ctx context.Context) bool {
	secure, _ := ctx.Value(secureKey{}).(bool)
	return secure
}
