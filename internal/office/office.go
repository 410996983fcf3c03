// Package office gathers the rooms of the single businesses: what each offers to definitions as named effects.
package office

import (
	"maps"

	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/office/absence"
	"github.com/chengqi-oa/chengqi/internal/office/archive"
	"github.com/chengqi-oa/chengqi/internal/office/booking"
	"github.com/chengqi-oa/chengqi/internal/office/circulation"
	"github.com/chengqi-oa/chengqi/internal/office/follow"
	"github.com/chengqi-oa/chengqi/internal/office/gathering"
	"github.com/chengqi-oa/chengqi/internal/office/joint"
	"github.com/chengqi-oa/chengqi/internal/office/outgoing"
	"github.com/chengqi-oa/chengqi/internal/office/recall"
	"github.com/chengqi-oa/chengqi/internal/office/sampling"
	"github.com/chengqi-oa/chengqi/internal/office/standing"
	"github.com/chengqi-oa/chengqi/internal/office/stock"
	"github.com/chengqi-oa/chengqi/internal/office/transmission"
	"github.com/chengqi-oa/chengqi/internal/office/typeset"
	"github.com/chengqi-oa/chengqi/internal/record/file"
)

// Effects are the named effects of all rooms; the files they make go into the store.
func Effects(files file.Store) map[string]engine.Effect {
	all := map[string]engine.Effect{}
	for _, room := range []map[string]engine.Effect{
		absence.Effects(),
		archive.Effects(),
		circulation.Effects(), booking.Effects(), stock.Effects(),
		gathering.Effects(),
		joint.Effects(),
		follow.Effects(),
		outgoing.Effects(),
		recall.Effects(), sampling.Effects(), standing.Effects(), transmission.Effects(), typeset.Effects(files),
	} {
		maps.Copy(all, room)
	}
	return all
}
