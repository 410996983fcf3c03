package api

import (
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// idShape 标识的写法 describes a row's identity as it travels: text in JSON, because a browser's numbers are exact
// only to 53 bits. huma reads the digits of a path as a number before it looks at the shape, so that both pass.
type idShape struct{}

// Schema is what huma asks for instead of guessing from the Go type.
func (idShape) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{OneOf: []*huma.Schema{{Type: huma.TypeString, Pattern: `^[0-9]*$`}, {Type: huma.TypeInteger}}}
}

// describeIDs is called before any route is registered.
func describeIDs(r huma.Registry) {
	r.RegisterTypeAlias(reflect.TypeFor[db.ID](), reflect.TypeFor[idShape]())
}
