// Package schema holds the migration scripts, one text for both databases.
package schema

import "embed"

// Files are the scripts in order.
//
//go:embed *.sql
var Files embed.FS
