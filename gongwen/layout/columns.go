package layout

import (
	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/font"
)

// ColumnWidths gives the widths in mm a table's columns are set in, for those who set it elsewhere in the same way.
func ColumnWidths(t *gongwen.Table, fonts *font.Set) []float64 {
	s := &setter{fonts: fonts}
	if t.Landscape {
		return s.columnWidths(t, areaHeight)
	}
	return s.columnWidths(t, areaWidth)
}
