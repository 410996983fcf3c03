package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"slices"
	"sync"
	"time"
)

// result is what one kind of request came to.
type result struct {
	name      string
	writes    int // durable writes in each
	perSecond float64
	p50, p99  float64 // ms
}

// clerk is one logged-in session.
type clerk struct {
	http   *http.Client
	url    string
	issuer string
	ids    []string
	took   map[string][]float64
}

func (c *clerk) call(method, path string, body, into any) error {
	var payload io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			return err
		}
		payload = bytes.NewReader(raw)
	}
	req, err := http.NewRequest(method, c.url+"/api/v1"+path, payload)
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }() // read to its end below
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode >= 300 {
		return fmt.Errorf("%s %s: %d %s", method, path, res.StatusCode, raw)
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(raw, into)
}

func login(url string) (*clerk, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	c := &clerk{http: &http.Client{Jar: jar, Transport: transport, Timeout: time.Minute}, url: url, took: map[string][]float64{}}
	if err := c.call("POST", "/session", map[string]string{"username": "3102", "password": password}, nil); err != nil {
		return nil, err
	}
	var dir struct {
		Issuers []struct{ ID string } `json:"issuers"`
	}
	if err := c.call("GET", "/directory", nil, &dir); err != nil {
		return nil, err
	}
	c.issuer = dir.Issuers[0].ID
	var book struct {
		Rows []struct {
			ID string `json:"matter_id"`
		} `json:"rows"`
	}
	if err := c.call("GET", "/registers/incoming?size=100", nil, &book); err != nil {
		return nil, err
	}
	for _, r := range book.Rows {
		c.ids = append(c.ids, r.ID)
	}
	return c, nil
}

var transport = &http.Transport{MaxIdleConnsPerHost: 1000, MaxConnsPerHost: 1000}

// operations are a day's mix, in parts of a hundred.
var operations = []struct {
	name   string
	part   int
	writes int
	do     func(c *clerk) error
}{
	{"待办列表", 35, 0, func(c *clerk) error { return c.call("GET", "/tasks", nil, nil) }},
	{"打开一件", 25, 0, func(c *clerk) error { return c.call("GET", "/matters/"+c.ids[rand.IntN(len(c.ids))], nil, nil) }},
	{"翻登记簿", 15, 0, func(c *clerk) error {
		return c.call("GET", fmt.Sprintf("/registers/incoming?page=%d&size=50", 1+rand.IntN(30)), nil, nil)
	}},
	{"全文检索", 10, 0, func(c *clerk) error { return c.call("GET", "/search?q=供暖&size=20", nil, nil) }},
	{"签收登记", 15, 3, registerOne},
}

func registerOne(c *clerk) error {
	var m struct {
		ID      string `json:"id"`
		Version int64  `json:"version"`
	}
	if err := c.call("POST", "/matters", map[string]any{"kind": "incoming", "fields": map[string]any{"sender": "安澜市水利局", "addressee": c.issuer}}, &m); err != nil {
		return err
	}
	act := func(key string, fields map[string]any) error {
		return c.call("POST", "/matters/"+m.ID+"/actions/"+key, map[string]any{"version": m.Version, "fields": fields}, &m)
	}
	if err := act("sign", map[string]any{"copies_ok": true, "routing_ok": true, "seal_ok": true}); err != nil {
		return err
	}
	return act("register", map[string]any{"title": "关于做好防汛工作的通知" + m.ID, "doc_date": "2026-01-05", "copies": 1, "pages": 2, "attachment_number": "无"})
}

func drive(o *office, sessions int, span time.Duration) ([]result, error) {
	clerks := make([]*clerk, sessions)
	for i := range clerks {
		var err error
		if clerks[i], err = login(o.url); err != nil {
			return nil, err
		}
	}
	var wg sync.WaitGroup
	failed := make(chan error, sessions)
	began := time.Now()
	for _, c := range clerks {
		wg.Go(func() {
			for time.Since(began) < span {
				if err := c.one(); err != nil {
					failed <- err
					return
				}
			}
		})
	}
	wg.Wait()
	spent := time.Since(began).Seconds()
	select {
	case err := <-failed:
		return nil, err
	default:
	}
	var out []result
	for _, op := range operations {
		var all []float64
		for _, c := range clerks {
			all = append(all, c.took[op.name]...)
		}
		if len(all) == 0 {
			continue
		}
		slices.Sort(all)
		out = append(out, result{op.name, op.writes, float64(len(all)) / spent, all[len(all)/2], all[len(all)*99/100]})
	}
	return out, nil
}

func (c *clerk) one() error {
	n := rand.IntN(100)
	for _, op := range operations {
		if n -= op.part; n < 0 {
			began := time.Now()
			err := op.do(c)
			c.took[op.name] = append(c.took[op.name], float64(time.Since(began).Microseconds())/1000)
			return err
		}
	}
	return nil
}
