package api

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/chengqi-oa/chengqi/internal/app"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

func unwrap(hc huma.Context) (*http.Request, http.ResponseWriter) { return humago.Unwrap(hc) }

func encode(w io.Writer, v any) error { return json.NewEncoder(w).Encode(v) }

const heartbeat = 25 * time.Second

// eventRoutes keep an open page up to date: its task counts, notices, and the matter it shows.
func (s *Server) eventRoutes() {
	download(s, "/events", "消息推送", business, func(ctx context.Context, c caller, in *eventsInput, w http.ResponseWriter, r *http.Request) error {
		listener, stop := s.app.Hub.Listen(c.person)
		defer stop()
		w.Header().Set("Content-Type", "text/event-stream")
		w.Header().Set("X-Accel-Buffering", "no")
		w.WriteHeader(http.StatusOK)
		control := http.NewResponseController(w)
		_ = control.SetWriteDeadline(time.Time{}) // the stream lives as long as the page
		if err := s.sendCounts(ctx, w, c.person); err != nil {
			return nil // the page has gone
		}
		_ = control.Flush()
		s.stream(r.Context(), w, control, listener, in.Matter, c)
		return nil
	})
}

type eventsInput struct {
	Matter db.ID `query:"matter" doc:"页面上正看着的一件"`
}

func (s *Server) stream(ctx context.Context, w io.Writer, control *http.ResponseController, l *app.Listener, shown db.ID, c caller) {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		var err error
		select {
		case <-ctx.Done():
			return
		case <-s.app.Hub.Ending():
			_, _ = io.WriteString(w, "retry: 3000\n\n") // the page comes back by itself when we are back
			return
		case <-beat.C:
			if !s.stands(ctx, c) {
				return
			}
			_, err = io.WriteString(w, ": 在\n\n")
		case ev := <-l.Events:
			if !concerns(ev, l.Person, shown) {
				continue
			}
			if !s.stands(ctx, c) {
				return
			}
			err = s.sendEvent(ctx, w, l.Person, shown, ev)
		}
		if err != nil || control.Flush() != nil {
			return
		}
	}
}

// stands tells whether the log-in through which a page listens is still in force, and its person's account: the stream
// ends with them, it does not live on by having been opened before.
func (s *Server) stands(ctx context.Context, c caller) bool {
	v, err := s.app.Door.Who(ctx, c.token, true)
	return err == nil && v.Person == c.person && admit(caller{person: v.Person, visit: v}, business) == nil
}

// concerns tells whether an event is any news to a person, or to the page that shows a matter.
func concerns(ev engine.Event, person, shown db.ID) bool {
	return ev.Matter != 0 && ev.Matter == shown || slices.Contains(ev.People, person) ||
		slices.ContainsFunc(ev.Notices, func(n engine.Notice) bool { return n.Person == person })
}

// sendEvent tells a page only what concerns its person, and of the matter it shows only while they may see it. Whoever is
// not concerned costs nothing: of five hundred open pages an action is news to two or three.
func (s *Server) sendEvent(ctx context.Context, w io.Writer, person, shown db.ID, ev engine.Event) error {
	for _, n := range ev.Notices {
		if n.Person == person {
			if err := send(w, "notice", map[string]any{"text": n.Text, "clause": n.Clause, "matter_id": n.Matter}); err != nil {
				return err
			}
		}
	}
	if slices.Contains(ev.People, person) {
		if err := s.sendCounts(ctx, w, person); err != nil {
			return err
		}
	}
	if ev.Matter == 0 || ev.Matter != shown {
		return nil
	}
	visible := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		_, _, _, err := s.app.Engine.Look(tx, person, ev.Matter)
		return err
	}) == nil
	if visible {
		return send(w, "matter", map[string]any{"id": ev.Matter, "version": ev.Version})
	}
	return nil
}

func (s *Server) sendCounts(ctx context.Context, w io.Writer, person db.ID) error {
	var counts engine.Counts
	unread := 0
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		world, err := s.app.Engine.World(tx)
		if err != nil {
			return err
		}
		if counts, err = s.app.Engine.CountTasks(tx, world.ActorOf(person), world); err != nil {
			return err
		}
		_, err = tx.Row(`SELECT COUNT(*) FROM notices WHERE person_id = ? AND read_at = 0`, []any{person}, &unread)
		return err
	})
	if err != nil {
		return err
	}
	return send(w, "tasks", map[string]any{"counts": counts, "unread": unread})
}

func send(w io.Writer, name string, data any) error {
	raw, err := json.Marshal(data)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "event: %s\ndata: %s\n\n", name, raw)
	return err
}
