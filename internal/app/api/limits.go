package api

import (
	"net/netip"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// limits 限速 keeps one caller from taking what belongs to all: log-ins by address and by account, whatever else by
// session, or by address before there is one (GB/T 22239-2019 8.1.4.1, 8.1.4.4).
type limits struct {
	address, account *limiter
	session, anyone  *limiter // nil: not limited
}

// A log-in costs a slow hash: ten at once and then one every three seconds are more than a person needs. An account may
// be tried from many addresses, all together not much more.
func newLimits(perSecond float64) *limits {
	l := &limits{address: newLimiter(rate.Every(3*time.Second), 10), account: newLimiter(rate.Every(3*time.Second), 20)}
	if perSecond > 0 {
		l.session = newLimiter(rate.Limit(perSecond), int(10*perSecond))
		l.anyone = newLimiter(rate.Limit(perSecond), int(10*perSecond))
	}
	return l
}

// login holds back who tries passwords. Calls from this very machine, where many users may stand behind one address (a
// proxy that is not trusted, a test), have twenty times as many.
func (l *limits) login(from, username string) error {
	factor := 1
	if ip, err := netip.ParseAddr(from); err == nil && ip.IsLoopback() {
		factor = 20
	}
	// What an address is not allowed any more is not held against the account: nobody is kept out by being asked for.
	if !l.address.allow(network(from), factor) || !l.account.allow(strings.ToLower(strings.TrimSpace(username)), factor) {
		return errs.New(errs.TooMany, "登录太频繁，请稍等几秒再试")
	}
	return nil
}

// tooOften is login for one who has not said who they are.
func (l *limits) tooOften(from string) bool { return l.login(from, from) != nil }

// request holds back who asks without pause, as no person does.
func (l *limits) request(c caller) error {
	by, key := l.session, c.visit.Session
	if c.person == 0 {
		by, key = l.anyone, network(c.from)
	}
	if by != nil && !by.allow(key, 1) {
		return errs.New(errs.TooMany, "请求太频繁，请稍等几秒再试")
	}
	return nil
}

// network is what counts as one address: of IPv6 the /64 that one subscriber has.
func network(from string) string {
	ip, err := netip.ParseAddr(from)
	if err != nil || ip.Unmap().Is4() {
		return from
	}
	net, err := ip.WithZone("").Prefix(64)
	if err != nil {
		return from
	}
	return net.String()
}

// most is how many callers a limiter remembers.
const most = 20_000

// limiter 限速器 is a bucket for each caller. Whoever has been quiet is forgotten; when there is no room even so, the
// newcomers share one bucket.
type limiter struct {
	every rate.Limit
	burst int

	mu     sync.Mutex
	by     map[string]*rate.Limiter
	shared *rate.Limiter
}

func newLimiter(every rate.Limit, burst int) *limiter {
	return &limiter{every: every, burst: burst, by: map[string]*rate.Limiter{}, shared: rate.NewLimiter(every, burst)}
}

func (l *limiter) allow(key string, factor int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	one, ok := l.by[key]
	if !ok {
		if len(l.by) >= most {
			l.forget()
		}
		if len(l.by) >= most {
			return l.shared.Allow()
		}
		one = rate.NewLimiter(l.every, l.burst*factor)
		l.by[key] = one
	}
	return one.Allow()
}

func (l *limiter) forget() {
	now := time.Now()
	for key, one := range l.by {
		if one.TokensAt(now) >= float64(one.Burst()) {
			delete(l.by, key)
		}
	}
}
