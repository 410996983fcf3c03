package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"
)

// alone measures each operation by itself, with two people at it unless said otherwise: what it costs, without a queue before
// it. The client works on the same processors; with one person at it nobody waits for another.
func alone(ctx context.Context, o *options, s *server, staff []*clerk, bare references) error {
	fmt.Printf("\n逐项，各 %d 人同时\n%-14s %9s %10s %10s %10s %14s\n", o.people, "操作", "次/秒", "p50", "p99", "最慢", "服务端每次用时")
	hands := crew(o.people)
	for i := range operations {
		op := &operations[i]
		if !strings.Contains(op.name, o.only) {
			continue
		}
		able := slices.DeleteFunc(slices.Clone(staff), func(c *clerk) bool {
			return op.clerk > 0 && op.others == 0 && !c.registers || op.writes == 3 && !c.registers
		})
		cpu, began := s.cpu(), time.Now()
		err := together(ctx, hands, min(o.seconds, 5*time.Second), func(ctx context.Context, c *clerk) error {
			c.account = able[rand.IntN(len(able))].account // any of the office, so that the busiest and the idlest are in it
			return c.timed(ctx, op)
		})
		spent, used := time.Since(began), s.cpu()-cpu
		all := gather(hands, op.name)
		if err != nil || len(all) == 0 {
			return errors.Join(err, fmt.Errorf("nothing measured: %s", op.name))
		}
		fmt.Printf("%-14s %9.0f %8.2fms %8.2fms %8.2fms %11.2fms\n", op.name, float64(len(all))/spent.Seconds(),
			all[len(all)/2], all[len(all)*99/100], all[len(all)-1], ms(used)/float64(len(all)))
	}
	return nil
}

// pace measures the office as it is: everyone reads and thinks between two requests.
func pace(ctx context.Context, o *options, s *server, staff []*clerk, bare references) error {
	rest := func(ctx context.Context) {
		select {
		case <-time.After(time.Duration(rand.ExpFloat64() * float64(o.pause))):
		case <-ctx.Done():
		}
	}
	return day(ctx, o, s, staff, fmt.Sprintf("%d 人的一天，每次操作后平均停 %v", len(staff), o.pause), rest)
}

// full measures what the machine can do: nobody ever pauses.
func full(ctx context.Context, o *options, s *server, staff []*clerk, bare references) error {
	return day(ctx, o, s, staff, fmt.Sprintf("%d 人不停手（满负荷）", len(staff)), func(context.Context) {})
}

func day(ctx context.Context, o *options, s *server, staff []*clerk, name string, rest func(context.Context)) error {
	cpu, began := s.cpu(), time.Now()
	err := together(ctx, staff, o.seconds, func(ctx context.Context, c *clerk) error {
		rest(ctx)
		if ctx.Err() != nil {
			return nil //nolint:nilerr // the time is over
		}
		return c.timed(ctx, c.choose())
	})
	if err != nil {
		return err
	}
	spent, used := time.Since(began), s.cpu()-cpu
	fmt.Printf("\n%s，%.0f 秒\n%-14s %9s %10s %10s\n", name, spent.Seconds(), "操作", "次/秒", "p50", "p99")
	total := 0
	for i := range operations {
		all := gather(staff, operations[i].name)
		total += len(all)
		if len(all) > 0 {
			fmt.Printf("%-14s %9.1f %8.1fms %8.1fms\n", operations[i].name, float64(len(all))/spent.Seconds(), all[len(all)/2], all[len(all)*99/100])
		}
	}
	fmt.Printf("合计 %.0f 次/秒，服务端处理器 %.0f%%（%d 核为 %d00%%），内存 %.0f MB\n", float64(total)/spent.Seconds(),
		100*used.Seconds()/spent.Seconds(), cores, cores, s.memory())
	return nil
}

// choose is what a person does next.
func (c *clerk) choose() *operation {
	n := rand.IntN(100)
	for i := range operations {
		part := operations[i].others
		if c.registers {
			part = operations[i].clerk
		}
		if n -= part; n < 0 {
			return &operations[i]
		}
	}
	return &operations[0]
}

// actions measures durable actions alone, beside what a single writer makes durable one by one.
func actions(ctx context.Context, o *options, s *server, staff []*clerk, bare references) error {
	writers := slices.DeleteFunc(slices.Clone(staff), func(c *clerk) bool { return !c.registers })
	op := &operations[len(operations)-1]
	fmt.Printf("\n只做办理动作（立件、签收、登记，各为一次落盘）\n%-14s %10s %12s %14s %10s %10s %14s\n",
		"同时", "动作/秒", "比单行落盘", "比同样各行落盘", "p50", "p99", "服务端每次用时")
	for _, n := range []int{1, 64, 500} {
		many := crew(n)
		cpu, began := s.cpu(), time.Now()
		err := together(ctx, many, o.seconds, func(ctx context.Context, c *clerk) error {
			c.account = writers[rand.IntN(len(writers))].account // by turns: one session is not let ask without pause
			return c.timed(ctx, op)
		})
		if err != nil {
			return err
		}
		spent, used := time.Since(began), s.cpu()-cpu
		all := gather(many, op.name)
		done := float64(len(all) * op.writes)
		rate := done / spent.Seconds()
		same := "未测"
		if bare.actions > 0 {
			same = fmt.Sprintf("%.0f%%", 100*rate/bare.actions)
		}
		fmt.Printf("%-14d %10.0f %11.0f%% %14s %8.1fms %8.1fms %11.2fms\n", n, rate, 100*rate/bare.commits, same,
			all[len(all)/2]/float64(op.writes), all[len(all)*99/100]/float64(op.writes), ms(used)/done)
	}
	return nil
}

// crew are so many pairs of hands, for whoever's account they are lent to.
func crew(n int) []*clerk {
	out := make([]*clerk, n)
	for i := range out {
		out[i] = new(clerk)
	}
	return out
}

// together lets people work side by side for a while and gives the first thing that went wrong.
func together(ctx context.Context, people []*clerk, span time.Duration, work func(context.Context, *clerk) error) error {
	began := time.Now()
	ending, cancel := context.WithTimeout(ctx, span+time.Minute)
	defer cancel()
	var wg sync.WaitGroup
	var mu sync.Mutex
	var first error
	for _, c := range people {
		wg.Go(func() {
			for time.Since(began) < span && ending.Err() == nil {
				if err := work(ending, c); err != nil {
					mu.Lock()
					if first == nil {
						first = err
					}
					mu.Unlock()
					return
				}
			}
		})
	}
	wg.Wait()
	return first
}

// timed does one thing and writes down how long it took.
func (c *clerk) timed(ctx context.Context, op *operation) error {
	began := time.Now()
	err := op.perform(ctx, c)
	took := ms(time.Since(began))
	if c.took == nil {
		c.took = map[string][]float64{}
	}
	c.took[op.name] = append(c.took[op.name], took)
	return err
}

// gather takes together what was measured of an operation, sorted.
func gather(people []*clerk, name string) []float64 {
	var all []float64
	for _, c := range people {
		all = append(all, c.took[name]...)
		delete(c.took, name)
	}
	slices.Sort(all)
	return all
}
