package api

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/secrecy"
)

// DraftKey 草稿名 is exported because huma passes over embedded types that are not.
type DraftKey struct {
	Key string `path:"key" maxLength:"200"`
}

type draftInput struct {
	DraftKey
	Body json.RawMessage
}

// draftRoutes keep a person's unfinished forms: private, not part of any matter until submitted.
func (s *Server) draftRoutes() {
	route(s, http.MethodGet, "/drafts/{key}", "取回草稿", anyone, func(ctx context.Context, c caller, in *DraftKey) (json.RawMessage, error) {
		value := "null"
		err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
			_, err := tx.Row(`SELECT value FROM drafts WHERE person_id = ? AND key = ?`, []any{c.person, in.Key}, &value)
			return err
		})
		return json.RawMessage(value), err
	})
	route(s, http.MethodPut, "/drafts/{key}", "存草稿", anyone, func(ctx context.Context, c caller, in *draftInput) (none, error) {
		if len(in.Body) > 512<<10 || !json.Valid(in.Body) {
			return none{}, errs.Refuse("草稿没有存上", errs.Reason{Text: "草稿超过 512 KB"})
		}
		err := s.app.DB.Write(ctx, func(tx *db.Tx) error { return keepDraft(tx, c.person, in.Key, in.Body) })
		return none{}, secrecy.Note(ctx, s.app.DB, c.person, err)
	})
	route(s, http.MethodDelete, "/drafts/{key}", "删草稿", anyone, func(ctx context.Context, c caller, in *DraftKey) (none, error) {
		return none{}, s.app.DB.Write(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(`DELETE FROM drafts WHERE person_id = ? AND key = ?`, c.person, in.Key)
			return err
		})
	})
	s.preferenceRoutes()
}

const preferencesKey = "preferences"

type rawInput struct{ Body json.RawMessage }

// preferenceRoutes keep how a person likes the interface: type size, recent opinions.
func (s *Server) preferenceRoutes() {
	route(s, http.MethodGet, "/me/preferences", "本人设置", self, func(ctx context.Context, c caller, _ *none) (json.RawMessage, error) {
		value := "{}"
		err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
			_, err := tx.Row(`SELECT value FROM drafts WHERE person_id = ? AND key = ?`, []any{c.person, preferencesKey}, &value)
			return err
		})
		return json.RawMessage(value), err
	})
	route(s, http.MethodPut, "/me/preferences", "存本人设置", self, func(ctx context.Context, c caller, in *rawInput) (json.RawMessage, error) {
		if len(in.Body) > 64<<10 || !json.Valid(in.Body) {
			return nil, errs.Refuse("设置没有存上", errs.Reason{Text: "内容太多"})
		}
		return in.Body, s.app.DB.Write(ctx, func(tx *db.Tx) error { return keepDraft(tx, c.person, preferencesKey, in.Body) })
	})
}

// keepDraft holds an unfinished form to the guard as a finished one: what is marked as a secret is not kept either (SEC-09).
func keepDraft(tx *db.Tx, person db.ID, key string, value json.RawMessage) error {
	var whole any
	if err := json.Unmarshal(value, &whole); err != nil {
		return err
	}
	plain, err := json.Marshal(whole) // a mark written as an escape is a mark
	if err != nil {
		return err
	}
	if reasons := secrecy.Refuse(string(plain), "", false); len(reasons) > 0 {
		return secrecy.Refused("草稿没有存上", secrecy.Refusal{Place: secrecy.Draft}, reasons)
	}
	if _, err = tx.Exec(`INSERT INTO drafts (person_id, key, value, at) VALUES (?,?,?,?)
		ON CONFLICT (person_id, key) DO UPDATE SET value = excluded.value, at = excluded.at`, person, key, string(value), tx.Now); err != nil {
		return err
	}
	_, err = tx.Exec(`DELETE FROM drafts WHERE person_id = ? AND key <> ? AND key NOT IN
		(SELECT key FROM drafts WHERE person_id = ? AND key <> ? ORDER BY at DESC, key LIMIT ?)`, person, preferencesKey, person, preferencesKey, mostDrafts)
	return err
}

// mostDrafts of a person are kept, the latest: more than anybody has under way, and no way to fill the disk.
const mostDrafts = 200
