package pdf

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // the formats a seal or a picture comes in
	_ "image/png"
)

// Image 图片: a picture that can be placed on pages.
type Image struct {
	w, h  int
	rgb   []byte
	alpha []byte // nil when nothing is transparent
}

// maxPixels keeps a damaged or hostile picture from taking all memory.
const maxPixels = 40_000_000

// NewImage reads a PNG or JPEG picture.
func NewImage(data []byte) (*Image, error) {
	cfg, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("图片无法读取：%w", err)
	}
	if cfg.Width <= 0 || cfg.Height <= 0 || cfg.Width > maxPixels/cfg.Height {
		return nil, fmt.Errorf("图片过大：%d×%d像素", cfg.Width, cfg.Height)
	}
	src, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("图片无法读取：%w", err)
	}
	b := src.Bounds()
	img := &Image{w: b.Dx(), h: b.Dy(), rgb: make([]byte, 0, 3*b.Dx()*b.Dy())}
	alpha, transparent := make([]byte, 0, b.Dx()*b.Dy()), false
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			r, g, bl, a := src.At(x, y).RGBA()
			if a != 0 && a != 0xFFFF { // PDF wants the colour not multiplied by alpha
				r, g, bl = r*0xFFFF/a, g*0xFFFF/a, bl*0xFFFF/a
			}
			img.rgb = append(img.rgb, byte(r>>8), byte(g>>8), byte(bl>>8))
			alpha = append(alpha, byte(a>>8))
			transparent = transparent || a != 0xFFFF
		}
	}
	if transparent {
		img.alpha = alpha
	}
	return img, nil
}

// Image draws a picture into a box.
func (p *Page) Image(x, y, w, h float64, img *Image) {
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

func (img *Image) write(w *writer) int {
	size := fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8", img.w, img.h)
	mask := ""
	if img.alpha != nil {
		mask = fmt.Sprintf(" /SMask %d 0 R", w.stream(size+" /ColorSpace /DeviceGray", img.alpha))
	}
	return w.stream(size+" /ColorSpace /DeviceRGB"+mask, img.rgb)
}
