package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
)

// account is somebody logged in, as the server knows them.
type account struct {
	person     int64
	registers  bool // signs for what comes in and enters it
	token, url string
	issuer     string
	ids        []string // matters the person may open
}

// clerk is one who works, one thing after the other, by an account.
type clerk struct {
	*account
	line line
	took map[string][]float64
}

var cores = runtime.NumCPU()

// request asks the server for something. Of the answer only what read wants is unpacked: in an office that is the work of
// the person's own machine.
func (c *clerk) request(ctx context.Context, method, path, media string, body []byte, read func(io.Reader) error) error {
	req, err := http.NewRequestWithContext(ctx, method, c.url+"/api/v1"+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", media)
	req.Header.Set("Accept-Encoding", "gzip")
	req.AddCookie(&http.Cookie{Name: "chengqi", Value: c.token})
	res, err := c.line.ask(ctx, req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }() // read to its end below
	if res.StatusCode >= 300 {
		read = func(r io.Reader) error {
			said, _ := io.ReadAll(r) // what there is of it
			return fmt.Errorf("%s %s: %d %s", method, path, res.StatusCode, said)
		}
	}
	if read != nil {
		var text io.Reader
		if text, err = unpacked(res); err == nil {
			err = read(text)
		}
	}
	_, rest := io.Copy(io.Discard, res.Body)
	if rest != nil {
		c.line.hangUp()
	}
	return errors.Join(err, rest)
}

func (c *clerk) call(ctx context.Context, method, path string, body, into any) error {
	var payload []byte
	if body != nil {
		var err error
		if payload, err = json.Marshal(body); err != nil {
			return err
		}
	}
	var read func(io.Reader) error
	switch into := into.(type) {
	case nil:
	case *head:
		read = into.read
	default:
		read = func(r io.Reader) error { return json.NewDecoder(r).Decode(into) }
	}
	return c.request(ctx, method, path, "application/json", payload, read)
}

// head is what the next action on a matter needs of its page. It stands at the beginning, and is read no further: the
// client works on the server's own two cores, and a browser does not.
type head struct {
	id      string
	version int64
}

func (h *head) read(page io.Reader) error {
	dec := json.NewDecoder(page)
	for *h = (head{}); h.id == "" || h.version == 0; {
		name, err := dec.Token()
		if err != nil {
			return fmt.Errorf("no matter: %w", err)
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
