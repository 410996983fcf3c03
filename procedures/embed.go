// Package procedures holds the definitions of what the office does, by business, as text a clerk can read.
// docs/guide/procedures.md tells how one is written.
package procedures

import "embed"

// Files are the definitions.
//
//go:embed *.yaml */*.yaml
var Files embed.FS
