package app

import (
	"sync"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// Hub 消息台 passes what happened on to the pages that are open.
type Hub struct {
	mu        sync.Mutex
	listeners map[*Listener]struct{}
	ending    chan struct{}
	end       sync.Once
}

// Listener 收听 is one open page of one person.
type Listener struct {
	Person db.ID
	Events chan engine.Event
}

// NewHub makes an empty hub.
func NewHub() *Hub { return &Hub{listeners: map[*Listener]struct{}{}, ending: make(chan struct{})} }

// Ending is closed when the program stops: streams end by themselves, so that it need not cut them off.
func (h *Hub) Ending() <-chan struct{} { return h.ending }

// End lets every stream end.
func (h *Hub) End() { h.end.Do(func() { close(h.ending) }) }

// Listen registers a page; call the returned function when it closes.
func (h *Hub) Listen(person db.ID) (*Listener, func()) {
	l := &Listener{Person: person, Events: make(chan engine.Event, 16)}
	h.mu.Lock()
	h.listeners[l] = struct{}{}
	h.mu.Unlock()
	return l, func() {
		h.mu.Lock()
		delete(h.listeners, l)
		h.mu.Unlock()
	}
}

// Tell passes an event on without ever waiting: a page that cannot keep up misses it and asks again later.
func (h *Hub) Tell(ev engine.Event) {
	if ev.Matter == 0 {
		return // of no page
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for l := range h.listeners {
		select {
		case l.Events <- ev:
		default:
		}
	}
}

// Refresh lets every page ask anew what it owes: something may have happened that it was not told.
func (h *Hub) Refresh() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for l := range h.listeners {
		select {
		case l.Events <- engine.Event{People: []db.ID{l.Person}}:
		default:
		}
	}
}
