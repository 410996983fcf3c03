// Package schema holds the migration scripts, one text for both databases.
package schema

import (
	"embed"
	"strings"
)

// Files are the scripts in order.
//
//go:embed *.sql
var Files embed.FS

// Newest is the number of the last script: what the database of this program looks like.
func Newest() string {
	all, err := Files.ReadDir(".")
	if err != nil || len(all) == 0 {
		return "" // embedded: cannot be
	}
	number, _, _ := strings.Cut(all[len(all)-1].Name(), "_")
	return number
}
