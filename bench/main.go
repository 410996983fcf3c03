// Command bench measures the office as its users meet it: the real server over HTTP, hundreds of people at work on a
// sample grown to any number of matters. Every figure stands beside a reference measured in the same run, so that a
// slow machine does not look like a slow program. What the figures mean is told in docs/speed.md.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"strings"
	"syscall"
	"time"
)

// options are what may be said on the command line.
type options struct {
	matters  int
	sessions int
	people   int
	seconds  time.Duration
	pause    time.Duration
	binary   string
	cache    string
	database string
	fresh    bool
	parts    string
	only     string
}

func main() {
	debug.SetGCPercent(1000) // people's browsers do not run on the server's own processors; be as little as can be in its way
	var o options
	flag.IntVar(&o.matters, "matters", 10_000, "how many matters the office holds")
	flag.IntVar(&o.sessions, "sessions", 500, "how many people work at once")
	flag.IntVar(&o.people, "people", 2, "how many ask at once when operations are measured alone")
	flag.DurationVar(&o.seconds, "for", 15*time.Second, "how long each part is driven")
	flag.DurationVar(&o.pause, "pause", 5*time.Second, "how long a person reads and thinks between two requests, on average")
	flag.StringVar(&o.binary, "binary", "bin/chengqi", "the program")
	flag.StringVar(&o.cache, "cache", cacheFolder(), "where data sets are kept from run to run")
	flag.StringVar(&o.database, "db", "", "postgres:// address of an empty database, or of one grown by an earlier run; default: SQLite")
	flag.BoolVar(&o.fresh, "fresh", false, "grow the data set anew")
	flag.StringVar(&o.parts, "parts", "bare,alone,pace,full,actions,typeset", "which parts are measured; data: only the data set is grown")
	flag.StringVar(&o.only, "only", "", "only operations whose name holds this text")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, &o); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1) //nolint:gocritic // nothing is left behind but the data set
	}
}

func cacheFolder() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	return filepath.Join(dir, "chengqi-bench")
}

func (o *options) measures(part string) bool { return strings.Contains(","+o.parts+",", ","+part+",") }

func run(ctx context.Context, o *options) error {
	set, err := dataset(ctx, o)
	if err != nil || o.parts == "data" {
		return err
	}
	var bare references
	if o.measures("bare") || o.measures("actions") {
		if bare, err = measureBare(ctx, set); err != nil {
			return err
		}
	}
	if err := drive(ctx, o, set, bare); err != nil {
		return err
	}
	if o.measures("typeset") {
		return typesetting(set.dir)
	}
	return nil
}

// drive starts the server on the set and measures it part by part.
func drive(ctx context.Context, o *options, set *set, bare references) error {
	staff, err := set.staff(ctx, o.sessions)
	if err != nil {
		return err
	}
	office, err := start(ctx, o, set)
	if err != nil {
		return err
	}
	defer office.stop()
	fmt.Printf("冷启动 %.2f 秒，起来时内存 %.0f MB，数据库 %.0f MB\n", office.started.Seconds(), office.memory(), set.size(ctx))
	if err := errors.Join(set.warm(), office.enter(ctx, staff)); err != nil {
		return err
	}
	parts := []struct {
		name    string
		measure func(context.Context, *options, *server, []*clerk, references) error
	}{{"alone", alone}, {"pace", pace}, {"full", full}, {"actions", actions}}
	for _, part := range parts {
		if o.measures(part.name) {
			if err := part.measure(ctx, o, office, staff, bare); err != nil {
				return err
			}
		}
	}
	fmt.Printf("\n服务进程内存 %.0f MB（峰值 %.0f MB），数据库 %.0f MB\n", office.memory(), office.peak(), set.size(ctx))
	return nil
}
