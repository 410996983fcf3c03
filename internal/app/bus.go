package app

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// channel is what servers on one database tell each other on.
const channel = "chengqi_events"

// waitingEvents bounds what waits to be told while the database is away; more than that is asked anew by the pages.
const waitingEvents = 4096

// bus 传话 carries what happened on one server to the pages that are open on the others. It carries ids only: who may
// see what is asked where the page is. An event may be lost (its server dies, the database is away); then the pages are
// told to ask anew, for what counts is in the database.
type bus struct {
	db   *db.DB
	hub  *Hub
	self string
	out  chan engine.Event
	lost atomic.Bool
}

func newBus(d *db.DB, hub *Hub) *bus {
	return &bus{db: d, hub: hub, self: rand.Text(), out: make(chan engine.Event, waitingEvents)}
}

// Tell passes an event on to our own pages at once and to other servers soon, without ever waiting.
func (b *bus) Tell(ev engine.Event) {
	b.hub.Tell(ev)
	if !b.db.Shared() {
		return
	}
	select {
	case b.out <- ev:
	default:
		b.lost.Store(true)
	}
}

// letter 传话单 is what one notification holds.
type letter struct {
	From   string  `json:"f"`
	Events []event `json:"e,omitempty"`
	Lost   bool    `json:"l,omitempty"` // something before this was lost
}

type event struct {
	Matter  db.ID   `json:"m,omitempty"`
	Version int64   `json:"v,omitempty"`
	People  []db.ID `json:"p,omitempty"`
	Notices []db.ID `json:"n,omitempty"`
	Rules   bool    `json:"r,omitempty"`
}

// idsTogether bounds the ids of one event, so that a letter fits a notification: an id takes at most 22 bytes.
const idsTogether = 120

// events is an event as letters carry it, in parts if it concerns many.
func events(ev engine.Event) []event {
	first := event{Matter: ev.Matter, Version: ev.Version, Rules: ev.Rules}
	out := []event{first}
	add := func(put func(*event)) {
		last := &out[len(out)-1]
		if len(last.People)+len(last.Notices) == idsTogether {
			out = append(out, first)
			last = &out[len(out)-1]
		}
		put(last)
	}
	for _, p := range ev.People {
		add(func(e *event) { e.People = append(e.People, p) })
	}
	for _, n := range ev.Notices {
		add(func(e *event) { e.Notices = append(e.Notices, n.ID) })
	}
	return out
}

// send tells other servers what happened here, many events in one notification when there are many.
func (b *bus) send(ctx context.Context) {
	if !b.db.Shared() {
		return
	}
	var waiting []event
	for {
		if len(waiting) == 0 {
			select {
			case <-ctx.Done():
				return
			case ev := <-b.out:
				waiting = events(ev)
			}
		}
		waiting = append(waiting, b.gather()...)
		text, n := b.write(waiting)
		if err := b.db.Notify(ctx, channel, text); err != nil {
			if ctx.Err() != nil {
				return
			}
			slog.Warn("other servers could not be told", "err", err)
			waiting = nil
			b.lost.Store(true)
			b.pause(ctx)
			continue
		}
		waiting = waiting[n:]
	}
}

// pause waits for the database to come back, and sees to it that the loss is then told.
func (b *bus) pause(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(time.Second):
	}
	select {
	case b.out <- engine.Event{}: // something to send, to carry the news that something was lost
	default:
	}
}

func (b *bus) gather() []event {
	var out []event
	for range 50 {
		select {
		case ev := <-b.out:
			out = append(out, events(ev)...)
		default:
			return out
		}
	}
	return out
}

// write puts as many events into a letter as fit and tells how many.
func (b *bus) write(waiting []event) (string, int) {
	l := letter{From: b.self, Lost: b.lost.Swap(false)}
	size := 100
	for _, e := range waiting {
		raw, _ := json.Marshal(e) // numbers and flags
		if size += len(raw) + 1; size > db.MaxNotice {
			break
		}
		l.Events = append(l.Events, e)
	}
	raw, _ := json.Marshal(l)
	return string(raw), len(l.Events)
}

// receive hears what happened on other servers and passes it on to our pages; changed is called when rules have.
func (b *bus) receive(ctx context.Context, changed func(context.Context)) {
	b.db.Listen(ctx, channel, func(text string) {
		var l letter
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			slog.Error("a notification cannot be read", "err", err)
			return
		}
		if l.From == b.self {
			return
		}
		if l.Lost {
			b.hub.Refresh()
		}
		for _, e := range l.Events {
			if e.Rules {
				changed(ctx)
			}
			b.hub.Tell(b.read(ctx, e))
		}
	}, func() {
		changed(ctx)
		b.hub.Refresh()
	})
}

// read makes the event whole again: what a notice says is read here.
func (b *bus) read(ctx context.Context, e event) engine.Event {
	ev := engine.Event{Matter: e.Matter, Version: e.Version, People: e.People, Rules: e.Rules}
	if len(e.Notices) == 0 {
		return ev
	}
	err := b.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		ev.Notices, err = engine.Notices(tx, e.Notices)
		return err
	})
	if err != nil && ctx.Err() == nil {
		slog.Warn("notices told by another server could not be read", "err", err)
	}
	return ev
}
