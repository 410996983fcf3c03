package pdf

import (
	"fmt"

	"github.com/chengqi-oa/chengqi/gongwen/draw"
)

// Image draws a picture into a box.
func (p *Page) Image(x, y, w, h float64, img *draw.Image) {
	n := 0
	for i, known := range p.doc.images {
		if known == img {
			n = i + 1
		}
	}
	if n == 0 {
		p.doc.images = append(p.doc.images, img)
		n = len(p.doc.images)
	}
	p.content = append(p.content, "q\n"...)
	p.op("cm", pt(w), 0, 0, pt(h), pt(x), pt(p.height-y-h))
	p.content = fmt.Appendf(p.content, "/I%d Do\nQ\n", n)
}

func writeImage(w *writer, img *draw.Image) int {
	size := fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8", img.Width, img.Height)
	mask := ""
	if img.Alpha != nil {
		mask = fmt.Sprintf(" /SMask %d 0 R", w.stream(size+" /ColorSpace /DeviceGray", img.Alpha))
	}
	return w.stream(size+" /ColorSpace /DeviceRGB"+mask, img.RGB)
}
