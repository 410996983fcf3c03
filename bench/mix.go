package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"mime/multipart"
	"net/url"
	"strings"
	"time"
)

// operation is one thing people do, with its share of a day in parts of a hundred: for those who register what comes in
// and for everybody else.
type operation struct {
	name    string
	clerk   int
	others  int
	writes  int // durable writes in each
	perform func(ctx context.Context, c *clerk) error
}

// operations are a day's mix. The shares are an estimate: people mostly look at what they have to do and open it. What has
// no share is measured alone only.
var operations = []operation{
	{"待办列表", 20, 24, 0, func(ctx context.Context, c *clerk) error { return c.get(ctx, "/tasks") }},
	{"工作台", 4, 8, 0, func(ctx context.Context, c *clerk) error { return c.get(ctx, "/workbench") }},
	{"在办列表", 2, 3, 0, func(ctx context.Context, c *clerk) error { return c.get(ctx, "/tasks?box=waiting") }},
	{"已办列表", 2, 4, 0, func(ctx context.Context, c *clerk) error { return c.get(ctx, "/tasks?box=done") }},
	{"打开一件", 14, 26, 0, openOne},
	{"登记簿本年", 8, 6, 0, func(ctx context.Context, c *clerk) error {
		return c.get(ctx, fmt.Sprintf("/registers/incoming?year=%d&page=%d&size=100", time.Now().Year(), 1+rand.IntN(20)))
	}},
	{"登记簿历年", 2, 2, 0, func(ctx context.Context, c *clerk) error {
		return c.get(ctx, fmt.Sprintf("/registers/incoming?page=%d&size=100&sort=-number", 1+rand.IntN(50)))
	}},
	{"登记簿排序", 1, 1, 0, func(ctx context.Context, c *clerk) error {
		sort := []string{"party", "-due", "title", "-closed", "party_number"}[rand.IntN(5)]
		return c.get(ctx, "/registers/incoming?size=100&sort="+sort)
	}},
	{"登记簿筛选", 1, 1, 0, func(ctx context.Context, c *clerk) error {
		return c.get(ctx, fmt.Sprintf("/registers/incoming?size=100&year=%d&q=%s", time.Now().Year(), url.QueryEscape(topics[rand.IntN(len(topics))])))
	}},
	{"登记簿目录", 1, 1, 0, func(ctx context.Context, c *clerk) error { return c.get(ctx, "/registers") }},
	{"检索一词", 5, 6, 0, func(ctx context.Context, c *clerk) error { return c.search(ctx, topics[rand.IntN(len(topics))]) }},
	{"检索两词", 2, 3, 0, func(ctx context.Context, c *clerk) error {
		return c.search(ctx, topics[rand.IntN(len(topics))]+" "+places[rand.IntN(len(places))])
	}},
	{"检索常用词", 1, 1, 0, func(ctx context.Context, c *clerk) error { return c.search(ctx, genres[rand.IntN(len(genres))]) }},
	{"检索单字", 0, 0, 0, func(ctx context.Context, c *clerk) error { return c.search(ctx, letters[rand.IntN(len(letters))]) }},
	{"检索长句", 0, 0, 0, func(ctx context.Context, c *clerk) error { return c.search(ctx, phrases[rand.IntN(len(phrases))]) }},
	{"本月应办", 1, 1, 0, func(ctx context.Context, c *clerk) error { return c.get(ctx, "/duties") }},
	{"统计", 0, 1, 0, func(ctx context.Context, c *clerk) error { return c.get(ctx, "/statistics") }},
	{"查重", 8, 0, 0, similar},
	{"存草稿", 4, 4, 1, func(ctx context.Context, c *clerk) error {
		return c.call(ctx, "PUT", "/drafts/bench", map[string]any{"title": "关于报送材料的函", "body": strings.Repeat("各单位要按时报送。", 40)}, nil)
	}},
	{"上传附件", 3, 2, 1, upload},
	{"起草发文", 1, 4, 1, draftOne},
	{"签收登记", 20, 2, 3, registerOne},
}

func openOne(ctx context.Context, c *clerk) error {
	if len(c.ids) == 0 {
		return c.get(ctx, "/tasks")
	}
	return c.get(ctx, "/matters/"+c.ids[rand.IntN(len(c.ids))])
}

func (c *clerk) search(ctx context.Context, words string) error {
	return c.get(ctx, "/search?size=20&q="+url.QueryEscape(words))
}

func similar(ctx context.Context, c *clerk) error {
	r := rand.New(rand.NewPCG(rand.Uint64(), 1))
	text, party := title(r, time.Now().Year())
	return c.get(ctx, "/procedures/incoming/similar?title="+url.QueryEscape(text)+"&number="+url.QueryEscape(code(party)+"〔2026〕12号"))
}

func upload(ctx context.Context, c *clerk) error {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "来文正文.txt")
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(part, "第%d件来文\n%s", rand.Int64(), strings.Repeat("请按时报送有关情况。", 2000)); err != nil {
		return err
	}
	if err := form.Close(); err != nil {
		return err
	}
	return c.request(ctx, "POST", "/files", form.FormDataContentType(), body.Bytes(), nil)
}

func draftOne(ctx context.Context, c *clerk) error {
	r := rand.New(rand.NewPCG(rand.Uint64(), 2))
	text, _ := title(r, time.Now().Year())
	return c.call(ctx, "POST", "/matters", map[string]any{"kind": "outgoing", "fields": map[string]any{
		"title": text, "body": strings.Repeat("各乡镇人民政府要按照职责分工抓好落实，有关情况按月报送。\n", 20),
	}}, nil)
}

// registerOne signs for a document and enters it: three actions, one after the other, as it is done at the counter.
func registerOne(ctx context.Context, c *clerk) error {
	if !c.registers {
		return draftOne(ctx, c)
	}
	r := rand.New(rand.NewPCG(rand.Uint64(), 3))
	text, party := title(r, time.Now().Year())
	var m head
	err := c.call(ctx, "POST", "/matters", map[string]any{"kind": "incoming", "fields": map[string]any{"sender": party, "addressee": c.issuer}}, &m)
	if err != nil {
		return err
	}
	for _, step := range []struct {
		key    string
		fields map[string]any
	}{
		{"sign", map[string]any{"copies_ok": true, "routing_ok": true, "seal_ok": true}},
		{"register", map[string]any{"title": text, "doc_date": "2026-01-05", "copies": 1, "pages": 2, "attachment_number": "无"}},
	} {
		if err := c.call(ctx, "POST", "/matters/"+m.id+"/actions/"+step.key, map[string]any{"version": m.version, "fields": step.fields}, &m); err != nil {
			return err
		}
	}
	return nil
}
