// Command bench measures the office as its users meet it: the real server over HTTP with the sample office, many
// sessions at once, a day's mix of work. Every figure stands beside a reference measured in the same run, so that a
// slow machine does not look like a slow program.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"time"
)

func main() {
	seconds := flag.Int("seconds", 10, "how long to drive the server")
	sessions := flag.Int("sessions", 64, "how many people work at once")
	binary := flag.String("binary", "bin/chengqi", "the program")
	flag.Parse()
	dir, err := os.MkdirTemp("", "chengqi-bench-")
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // a temporary folder
	if err := run(dir, *binary, *sessions, time.Duration(*seconds)*time.Second); err != nil {
		log.Print(err)
		os.Exit(1) //nolint:gocritic // the temporary folder is left to be looked at
	}
}

func run(dir, binary string, sessions int, span time.Duration) error {
	bare, err := bareCommits(dir, 3*time.Second)
	if err != nil {
		return err
	}
	fmt.Printf("参照  单写者逐条落盘（同机同盘，SQLite WAL，synchronous=FULL）  %8.0f 次/秒\n", bare)
	office, err := startOffice(dir, binary)
	if err != nil {
		return err
	}
	defer office.stop()
	fmt.Printf("样例装载 %.1f 秒，冷启动 %.2f 秒\n", office.loaded.Seconds(), office.started.Seconds())
	results, err := drive(office, sessions, span)
	if err != nil {
		return err
	}
	fmt.Printf("\n%d 个会话，%v，一天的混合工作\n", sessions, span)
	fmt.Printf("%-14s %10s %10s %10s %10s\n", "操作", "次/秒", "p50", "p99", "与参照之比")
	for _, r := range results {
		ratio := "-"
		if r.writes > 0 {
			ratio = fmt.Sprintf("%.2f", r.perSecond*float64(r.writes)/bare)
		}
		fmt.Printf("%-14s %10.0f %9.1fms %9.1fms %10s\n", r.name, r.perSecond, r.p50, r.p99, ratio)
	}
	fmt.Printf("服务进程内存 %.0f MB，数据库 %.1f MB\n\n", office.memory(), office.size())
	return typesetting(dir)
}
