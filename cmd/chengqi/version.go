package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/chengqi-oa/chengqi/internal/app/schema"
)

// version is set when the program is built (Makefile).
var version = ""

type versionCmd struct{}

// Run says which program this is: whoever reports a fault gives it, whoever upgrades compares it.
func (c *versionCmd) Run() error {
	fmt.Printf("承启 %s，数据表 %s，%s，%s/%s\n", release(), schema.Newest(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}

// release is the version, or the commit if the program was built by hand.
func release() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				return s.Value[:min(12, len(s.Value))]
			}
		}
	}
	return "（自行编译）"
}
