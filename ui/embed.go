// Package ui holds the built interface (界面) so that the program is one file. It manages nothing else: who
// may see what is decided by the server. The invariant: Dist always opens, and is empty but for a marker when
// the interface has not been built, so that the Go tree builds without Node.
package ui

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Dist 界面文件 is the built interface, rooted at its index page.
func Dist() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic("ui: the embedded folder is part of the program: " + err.Error())
	}
	return sub
}
