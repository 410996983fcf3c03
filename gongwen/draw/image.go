package draw

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // the formats a seal or a picture comes in
	_ "image/png"
)

// Image 图片: a picture that can be placed on pages.
type Image struct {
	Data          []byte // the file as given
	Format        string // png or jpeg
	Width, Height int    // in pixels
	RGB           []byte // three bytes a pixel, not multiplied by alpha
	Alpha         []byte // nil when nothing is transparent
}

// maxPixels keeps a damaged or hostile picture from taking all memory.
const maxPixels = 40_000_000

// NewImage reads a PNG or JPEG picture.
func NewImage(data []byte) (*Image, error) {
	cfg, format, err := image.DecodeConfig(bytes.NewReader(data))
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
	img := &Image{Data: data, Format: format, Width: b.Dx(), Height: b.Dy(), RGB: make([]byte, 0, 3*b.Dx()*b.Dy())}
	alpha, transparent := make([]byte, 0, b.Dx()*b.Dy()), false
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			r, g, bl, a := src.At(x, y).RGBA()
			if a != 0 && a != 0xFFFF {
				r, g, bl = r*0xFFFF/a, g*0xFFFF/a, bl*0xFFFF/a
			}
			img.RGB = append(img.RGB, byte(r>>8), byte(g>>8), byte(bl>>8))
			alpha = append(alpha, byte(a>>8))
			transparent = transparent || a != 0xFFFF
		}
	}
	if transparent {
		img.Alpha = alpha
	}
	return img, nil
}
