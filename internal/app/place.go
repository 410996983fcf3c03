package app

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// placeWatch 看着存放处 knows whether attachments can be kept, as it was found when last tried: whoever asks whether the
// office is ready is not to wait for a storage elsewhere, nor to bother it.
type placeWatch struct {
	mu    sync.Mutex
	fault error
}

func (w *placeWatch) found() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.fault
}

// take notes what was found, and says so in the log when it is another thing than before.
func (w *placeWatch) take(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case err != nil && (w.fault == nil || w.fault.Error() != err.Error()):
		slog.Error("the place of the attachments does not serve", "err", err)
	case err == nil && w.fault != nil:
		slog.Info("the place of the attachments serves again")
	}
	w.fault = err
}

// watchPlace tries the place of the attachments at the start, and looks at it ever again, if it is not in the data folder,
// which is looked at anyway.
func (a *App) watchPlace(ctx context.Context, every time.Duration) {
	if a.Config.Files == "" {
		return
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for try := a.Files.Try; ; {
		err := try(ctx)
		if ctx.Err() != nil {
			return
		}
		a.place.take(err)
		if errs.KindOf(err) != errs.Unavailable { // written once; after an outage that is made up for
			try = a.Files.Look
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// PlaceServes tells whether attachments can be kept.
func (a *App) PlaceServes() bool { return a.place.found() == nil }

// placeFault is what keeps attachments out. One that the place itself gives is of this server's settings, and others may
// serve instead; a place that does not answer is the same for all, and the office works on without it.
func (a *App) placeFault() (fault, notice string) {
	err := a.place.found()
	switch {
	case err == nil:
		return "", ""
	case errs.KindOf(err) == errs.Unavailable:
		return "", "附件存放处：" + err.Error() + "；事项照办，附件要等它恢复"
	}
	return "附件存放处：" + err.Error(), ""
}
