package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"sync"
	"time"
)

// clerk is one person at work, logged in.
type clerk struct {
	person    int64
	registers bool // signs for what comes in and enters it
	token     string
	url       string
	issuer    string
	ids       []string // matters the person may open
	took      map[string][]float64
	mu        sync.Mutex
}

var cores = runtime.NumCPU()

var client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 1000, MaxConnsPerHost: 1000}, Timeout: time.Minute}

func (c *clerk) request(ctx context.Context, method, path, media string, body io.Reader) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, method, c.url+"/api/v1"+path, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", media)
	req.AddCookie(&http.Cookie{Name: "chengqi", Value: c.token})
	res, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }() // read to its end below
	raw, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode >= 300 {
		err = fmt.Errorf("%s %s: %d %s", method, path, res.StatusCode, raw)
	}
	return raw, err
}

func (c *clerk) call(ctx context.Context, method, path string, body, into any) error {
	var payload io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			return err
		}
		payload = bytes.NewReader(raw)
	}
	raw, err := c.request(ctx, method, path, "application/json", payload)
	if err != nil || into == nil {
		return err
	}
	if head, ok := into.(*head); ok {
		return head.read(raw)
	}
	return json.Unmarshal(raw, into)
}

// head is what the next action on a matter needs of its page. It stands at the beginning, and is read no further: the
// client works on the server's own two cores, and a browser does not.
type head struct {
	id      string
	version int64
}

func (h *head) read(raw []byte) error {
	dec := json.NewDecoder(bytes.NewReader(raw))
	for *h = (head{}); h.id == "" || h.version == 0; {
		name, err := dec.Token()
		if err != nil {
			return fmt.Errorf("no matter: %w: %s", err, raw)
		}
		switch name {
		case "id":
			err = dec.Decode(&h.id)
		case "version":
			err = dec.Decode(&h.version)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *clerk) get(ctx context.Context, path string) error {
	return c.call(ctx, "GET", path, nil, nil)
}

// enter lets everyone find something to work on: what they have before them and what they have done.
func (s *server) enter(ctx context.Context, staff []*clerk) error {
	for _, c := range staff {
		c.url = s.url
		for _, box := range []string{"todo", "waiting", "done"} {
			var list struct {
				Items []struct {
					Matter struct {
						ID string `json:"id"`
					} `json:"matter"`
				} `json:"items"`
			}
			if err := c.call(ctx, "GET", "/tasks?size=30&box="+box, nil, &list); err != nil {
				return err
			}
			for _, t := range list.Items {
				c.ids = append(c.ids, t.Matter.ID)
			}
		}
		if !c.registers {
			continue
		}
		var dir struct {
			Issuers []struct{ ID string } `json:"issuers"`
		}
		if err := c.call(ctx, "GET", "/directory", nil, &dir); err != nil {
			return err
		}
		c.issuer = dir.Issuers[0].ID
	}
	return nil
}
