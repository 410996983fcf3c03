package sheet

import (
	"github.com/chengqi-oa/chengqi/gongwen/font"
	qrcode "github.com/skip2/go-qrcode"
)

// markSize is the side of the check mark in mm, and markBottom its distance from the edge of the sheet.
const (
	markSize   = 20.0
	markBottom = 8.0
)

// contents is all that the mark says.
func (c Check) contents() string { return c.Number + "\n" + c.Value }

// check draws the mark at the bottom right, and beside it the value for those who compare by eye.
func (l *leaf) check(c Check) error {
	code, err := qrcode.New(c.contents(), qrcode.Medium)
	if err != nil {
		return err
	}
	code.DisableBorder = true // the sheet around is white already
	dots := code.Bitmap()
	x, y := l.right-markSize, l.h-markBottom-markSize
	dot := markSize / float64(len(dots))
	for i, row := range dots {
		for from := 0; from < len(row); from++ {
			to := from
			for to < len(row) && row[to] {
				to++
			}
			if to > from { // a run of dots as one bar, so that no hair lines show between them
				l.Fill(x+float64(from)*dot, y+float64(i)*dot, float64(to-from)*dot, dot)
				from = to
			}
		}
	}
	l.flushRight(x-2, y+markSize-4.5, font.FangSong, sizeSmall, "查验码")
	l.flushRight(x-2, y+markSize-0.5, font.FangSong, sizeSmall, c.Value)
	return nil
}
