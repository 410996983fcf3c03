package api

import (
	"context"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/file"
	"github.com/chengqi-oa/chengqi/internal/record/viewing"
)

func (s *Server) fileRoutes() {
	s.uploadRoute()
	download(s, "/files/{id}", "看附件", business, func(ctx context.Context, c caller, in *fileInput, w http.ResponseWriter, r *http.Request) error {
		f, of, err := s.readable(ctx, c.person, in.ID)
		if err != nil {
			return err
		}
		if of.WorkSecret {
			return s.sendMarked(ctx, c, f, of, in.Download || !inline(f.Mime), w, r)
		}
		bytes, err := s.app.Files.Open(ctx, f)
		if err != nil {
			return err
		}
		defer func() { _ = bytes.Close() }() // only read
		taken := in.Download || !inline(f.Mime)
		if taken && r.Method == http.MethodGet {
			if err := s.viewed(ctx, c, of, viewing.Download, f.Name); err != nil {
				return err
			}
		}
		attach(w, f.Name, f.Mime, taken)
		http.ServeContent(w, r, "", time.Time{}, bytes)
		return nil
	})
}

type fileInput struct {
	ID       db.ID `path:"id"`
	Download bool  `query:"download"`
}

// readable finds a file the person may read, and the matter it hangs on: one they may see, or none, if they have just
// uploaded it.
func (s *Server) readable(ctx context.Context, person, id db.ID) (*file.File, *engine.Matter, error) {
	var f *file.File
	of := &engine.Matter{}
	notFound := errs.New(errs.NotFound, "没有找到这个附件，或者您无权查看")
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if f, err = file.Get(tx, id); err != nil {
			return err
		}
		if f == nil || f.Matter == 0 && f.Uploader != person {
			return notFound
		}
		if f.Matter == 0 {
			return nil
		}
		if _, err = tx.Row(`SELECT id, number, work_secret FROM matters WHERE id = ?`, []any{f.Matter}, &of.ID, &of.Number, &of.WorkSecret); err != nil {
			return err
		}
		if _, _, _, err = s.app.Engine.Look(tx, person, f.Matter); err == nil {
			return nil
		}
		return s.throughLink(tx, person, id, notFound)
	})
	return f, of, err
}

// throughLink: a matter begun from another carries the same files; whoever may see that one reads them too.
func (s *Server) throughLink(tx *db.Tx, person, id db.ID, notFound error) error {
	w, err := s.app.Engine.World(tx)
	if err != nil {
		return err
	}
	seen, args := s.app.Engine.Seen(w.ActorOf(person), w)
	var one int
	ok, err := tx.Row(`SELECT 1 FROM files f JOIN links l ON l.from_id = f.matter_id JOIN matters m ON m.id = l.to_id
		WHERE f.id = ? AND m.fields LIKE ? AND `+seen, append([]any{id, "%\"" + id.String() + "\"%"}, args...), &one)
	if err == nil && !ok {
		return notFound
	}
	return err
}

func inline(mime string) bool {
	return mime == "application/pdf" || mime == "image/jpeg" || mime == "image/png" || mime == "text/plain"
}

// attach names what is sent. The bytes come from users: they are never interpreted as a page.
func attach(w http.ResponseWriter, name, mime string, download bool) {
	how := "inline"
	if download {
		how = "attachment"
	}
	if mime == "text/plain" {
		mime += "; charset=utf-8"
	}
	w.Header().Set("Content-Type", mime)
	w.Header().Set("Content-Disposition", how+"; filename*=UTF-8''"+strings.ReplaceAll(url.QueryEscape(name), "+", "%20"))
	w.Header().Set("Cache-Control", "private, no-store")
}

type uploadForm struct {
	RawBody huma.MultipartFormFiles[struct {
		File huma.FormFile `form:"file" required:"true"`
	}]
}

func (s *Server) uploadRoute() {
	op := operation(http.MethodPost, "/files", "上传附件", business)
	op.MaxBodyBytes, op.BodyReadTimeout = file.MaxSize+formRoom, 10*time.Minute
	huma.Register(s.api, op, func(ctx context.Context, in *uploadForm) (*answer[fileView], error) {
		c := callerOf(ctx)
		got := in.RawBody.Data().File
		defer func(f multipart.File) { _ = f.Close() }(got)
		f, err := s.upload(ctx, c.person, got)
		if err != nil {
			return nil, problemOf(err)
		}
		return &answer[fileView]{fileView{f.ID, f.Name, f.Size, f.Mime}}, nil
	})
}

func (s *Server) upload(ctx context.Context, person db.ID, got huma.FormFile) (*file.File, error) {
	var agency db.ID
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		_, err := tx.Row(`SELECT agency_id FROM people WHERE id = ?`, []any{person}, &agency)
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.app.Files.Put(ctx, s.app.DB, agency, person, got.Filename, got)
}

// download registers a route that writes bytes rather than JSON; it is described in the OpenAPI document like any other.
func download[I any](s *Server, path, summary string, who gate, fn func(ctx context.Context, c caller, in *I, w http.ResponseWriter, r *http.Request) error) {
	type stream struct {
		Body func(huma.Context)
	}
	huma.Register(s.api, operation(http.MethodGet, path, summary, who), func(ctx context.Context, in *I) (*stream, error) {
		c := callerOf(ctx)
		return &stream{Body: func(hc huma.Context) {
			r, w := unwrap(hc)
			if err := fn(ctx, c, in, w, r); err != nil {
				writeProblem(w, err)
			}
		}}, nil
	})
}

func writeProblem(w http.ResponseWriter, err error) {
	p := problemOf(err)
	w.Header().Set("Content-Type", p.ContentType(""))
	w.WriteHeader(p.Status)
	_ = encode(w, p) // the reader may be gone
}
