// Package rulebook holds the model rules by chapter, one file each, as text a clerk can read.
package rulebook

import "embed"

// Files are the chapters.
//
//go:embed *.yaml duties/*.yaml
var Files embed.FS
