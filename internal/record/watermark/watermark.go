// Package watermark puts a person's name, the number of the matter and the moment on what is given out of a work secret
// (SEC-38), so that a copy found outside tells by whom it went out.
//
// What the office makes itself is drawn with the mark under its text (gongwen/draw); here it is laid over files that were
// uploaded. Invariant: a file comes out marked on every page, or not at all.
package watermark

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/draw"
	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/gongwen/pdf"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// Lines is what a watermark says: that it is a work secret and who looks, by name and 工号; the number of the matter and
// when.
func Lines(who *org.Person, number string, at time.Time) []string {
	return []string{
		gongwen.WorkSecretMark + "　" + who.Name + " " + who.Username,
		strings.TrimLeft(number+"　"+at.In(db.Location).Format("2006-01-02 15:04"), "　"),
	}
}

const (
	pdfType  = "application/pdf"
	jpegType = "image/jpeg"
	pngType  = "image/png"
)

// Carries tells whether a file of a type can be marked.
func Carries(mime string) bool { return slices.Contains([]string{pdfType, jpegType, pngType}, mime) }

// ErrUnmarked 打不上水印 is behind every file that could not be marked: it is of another type, locked or damaged.
var ErrUnmarked = errors.New("the file cannot carry a watermark")

// one lets one file after another be stamped: a large picture takes hundreds of megabytes while it is drawn.
var one sync.Mutex

// Stamp reads a file of a type and gives it back with lines of text laid over it.
func Stamp(in io.ReadSeeker, mime string, lines []string) ([]byte, error) {
	one.Lock()
	defer one.Unlock()
	var out []byte
	err := errors.ErrUnsupported
	switch mime {
	case pdfType:
		out, err = stampPDF(in, lines)
	case jpegType, pngType:
		out, err = stampImage(in, mime, lines)
	}
	if err != nil {
		return nil, errors.Join(ErrUnmarked, err)
	}
	return out, nil
}

// What lies over a page is darker than what lies under it, and shines through.
var (
	over    = draw.Color{R: 0.35, G: 0.35, B: 0.35}
	opacity = "0.28"
)

func init() { api.DisableConfigDir() } // it would write a folder of its own into the home of whoever runs the program

// stampPDF reads in this process. A library that panics on a malformed file has found an error like any other.
func stampPDF(in io.ReadSeeker, lines []string) (stamped []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			stamped, err = nil, fmt.Errorf("watermark: malformed PDF: %v", p)
		}
	}()
	conf := model.NewDefaultConfiguration()
	sizes, err := api.PageDims(in, conf)
	if err != nil {
		return nil, err
	}
	made, marks := map[types.Dim]*model.Watermark{}, map[int]*model.Watermark{}
	for i, size := range sizes {
		if made[size] == nil {
			if made[size], err = markOf(size, lines); err != nil {
				return nil, err
			}
		}
		marks[i+1] = made[size]
	}
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = api.AddWatermarksMap(in, &out, marks, conf)
	return out.Bytes(), err
}

// markOf is the mark for pages of a size in points: a page as large, that is laid over them.
func markOf(size types.Dim, lines []string) (*model.Watermark, error) {
	w, h := size.Width*font.PointMM, size.Height*font.PointMM
	doc := pdf.New(pdf.Options{})
	draw.Watermark(doc.AddPage(w, h), w, h, font.Embedded(), over, lines)
	var page bytes.Buffer
	if _, err := doc.WriteTo(&page); err != nil {
		return nil, err
	}
	return api.PDFWatermarkForReadSeeker(bytes.NewReader(page.Bytes()), 1, "scale:1 abs, rotation:0, position:c, opacity:"+opacity, true, false, types.POINTS)
}
