package layout

import "github.com/chengqi-oa/chengqi/gongwen/font"

// The text area 版心 and its cells (GB/T 9704-2012 5.2).
const (
	areaLeft   = 28.0
	areaTop    = 37.0
	areaWidth  = 156.0
	areaHeight = 225.0
	areaRight  = areaLeft + areaWidth
	areaBottom = areaTop + areaHeight

	cell  = areaWidth / 28  // the width of one character of the body
	pitch = areaHeight / 22 // from line to line of the body
)

// Sizes in points.
const (
	size2       = 22.0 // 二号: title
	size4       = 14.0 // 四号: 版记, page number
	size3Office = 16.0 // 三号 of office software
	size3Strict = 15.75
)

func mm(pt float64) float64 { return pt * font.PointMM }

// slack forgives rounding when something is fitted into a space.
const slack = 0.01
