package watermark

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"
	"math"
	"slices"

	"golang.org/x/image/vector"

	page "github.com/chengqi-oa/chengqi/gongwen/draw"
	"github.com/chengqi-oa/chengqi/gongwen/font"
)

// mostPixels is the largest picture that is marked: what a scanner gives for A3 at 600 dpi. Beyond it a picture is made to
// fill the memory.
const mostPixels = 80_000_000

func stampImage(in io.ReadSeeker, mime string, lines []string) ([]byte, error) {
	raw, err := io.ReadAll(in)
	if err != nil {
		return nil, err
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	if size.Width*size.Height > mostPixels {
		return nil, fmt.Errorf("a picture of %d by %d", size.Width, size.Height)
	}
	decoded, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	img := image.NewRGBA(image.Rect(0, 0, size.Width, size.Height))
	draw.Draw(img, img.Bounds(), decoded, decoded.Bounds().Min, draw.Src)
	c := &canvas{img: img, scale: float64(max(size.Width, size.Height)) / 297} // as if it lay on A4
	c.turn(0, 0, 0)
	page.Watermark(c, float64(size.Width)/c.scale, float64(size.Height)/c.scale, font.Embedded(), over, lines)
	var out bytes.Buffer
	if mime == pngType {
		err = png.Encode(&out, img)
	} else {
		err = jpeg.Encode(&out, img, &jpeg.Options{Quality: 90})
	}
	if err != nil || mime == pngType {
		return out.Bytes(), err
	}
	return upright(raw, out.Bytes()), nil
}

// upright gives a picture the note of the camera that took the first, which says where its top is.
func upright(first, again []byte) []byte {
	const start, app1 = 2, 0xE1
	for at := start; at+4 <= len(first) && first[at] == 0xFF; {
		size := 2 + int(binary.BigEndian.Uint16(first[at+2:]))
		if at+size > len(first) || first[at+1] == 0xDA { // the picture itself begins
			break
		}
		if first[at+1] == app1 && bytes.HasPrefix(first[at+4:], []byte("Exif\x00\x00")) {
			return bytes.Join([][]byte{again[:start], first[at : at+size], again[start:]}, nil)
		}
		at += size
	}
	return again
}

// canvas is a picture as a page to draw text on, which is all that a watermark is.
type canvas struct {
	page.Page // what a watermark does not use is not there
	img       *image.RGBA
	scale     float64 // pixels a mm
	ink       color.NRGBA
	sin, cos  float64
	x, y      float64
}

func (c *canvas) SetColor(ink page.Color) {
	part := func(v float64) uint8 { return uint8(v * 255) }
	c.ink = color.NRGBA{part(ink.R), part(ink.G), part(ink.B), 72} // 28 % as on PDF
}

func (c *canvas) turn(x, y, angle float64) {
	c.sin, c.cos = math.Sincos(angle * math.Pi / 180)
	c.x, c.y = x, y
}

func (c *canvas) Turned(x, y, angle float64, draw func()) {
	c.turn(x, y, angle)
	draw()
	c.turn(0, 0, 0)
}

// at gives the pixel of a place in mm.
func (c *canvas) at(x, y float64) (float32, float32) {
	dx, dy := x-c.x, y-c.y
	return float32((c.x + dx*c.cos + dy*c.sin) * c.scale), float32((c.y - dx*c.sin + dy*c.cos) * c.scale)
}

// Glyphs fills the outlines of glyphs, each by itself: a picture is large and a letter small.
func (c *canvas) Glyphs(y float64, f *font.Font, sizePt float64, glyphs []page.Glyph) {
	unit := sizePt * font.PointMM / float64(f.UnitsPerEm())
	for _, g := range glyphs {
		outline := slices.Clone(f.Outline(g.ID))
		for i := range outline {
			for k, q := range outline[i].P {
				outline[i].P[k] = font.Point{X: g.X + q.X*unit, Y: y - q.Y*unit}
			}
		}
		c.Path(outline)
	}
}

// Path fills contours given in mm, within the smallest box that holds them.
func (c *canvas) Path(contours []font.Segment) {
	box := image.Rectangle{}
	points := make([][3][2]float32, len(contours))
	for i, s := range contours {
		for k, q := range s.Points() {
			x, y := c.at(q.X, q.Y)
			points[i][k] = [2]float32{x, y}
			box = box.Union(image.Rect(int(x)-1, int(y)-1, int(x)+2, int(y)+2))
		}
	}
	if box.Empty() || !box.Overlaps(c.img.Bounds()) {
		return
	}
	r := vector.NewRasterizer(box.Dx(), box.Dy())
	for i, s := range contours {
		p := points[i]
		for k := range p {
			p[k][0], p[k][1] = p[k][0]-float32(box.Min.X), p[k][1]-float32(box.Min.Y)
		}
		switch s.Op {
		case 'M':
			r.ClosePath()
			r.MoveTo(p[0][0], p[0][1])
		case 'L':
			r.LineTo(p[0][0], p[0][1])
		case 'Q':
			r.QuadTo(p[0][0], p[0][1], p[1][0], p[1][1])
		case 'C':
			r.CubeTo(p[0][0], p[0][1], p[1][0], p[1][1], p[2][0], p[2][1])
		}
	}
	r.ClosePath()
	r.Draw(c.img, box, image.NewUniform(c.ink), image.Point{})
}
