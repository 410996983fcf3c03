package watermark_test

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"github.com/chengqi-oa/chengqi/gongwen/draw"
	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/gongwen/pdf"
	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/org"
	"github.com/chengqi-oa/chengqi/internal/record/watermark"
)

var reader = &org.Person{Name: "陈志远", Username: "3101"}

var lines = watermark.Lines(reader, "收〔2026〕12号", time.Date(2026, 11, 26, 9, 30, 0, 0, db.Location))

// scanned is a file of an upright and a lying page, as a scanner mixes them.
func scanned(t *testing.T) []byte {
	t.Helper()
	doc := pdf.New(pdf.Options{})
	for _, size := range [][2]float64{{210, 297}, {420, 297}} {
		draw.Text(doc.AddPage(size[0], size[1]), 30, 40, font.Embedded(), font.FangSong, 16, "来文的一页")
	}
	var out bytes.Buffer
	if _, err := doc.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func Test_水印写明何人何件何时(t *testing.T) { // SEC-38
	if got := strings.Join(lines, "|"); got != "工作秘密　陈志远 3101|收〔2026〕12号　2026-11-26 09:30" {
		t.Errorf("水印是 %s", got)
	}
	if got := watermark.Lines(reader, "", time.Date(2026, 11, 26, 9, 30, 0, 0, db.Location))[1]; got != "2026-11-26 09:30" {
		t.Errorf("还没有编号的写成 %q", got)
	}
}

func Test_PDF每一页都打上水印(t *testing.T) { // SEC-38
	made, err := watermark.Stamp(bytes.NewReader(scanned(t)), "application/pdf", lines)
	if err != nil {
		t.Fatal(err)
	}
	if name := os.Getenv("SEC38_OUT"); name != "" {
		_ = os.WriteFile(name, made, 0o600)
	}
	text := apptest.Printed(t, made)
	for _, page := range text {
		for _, want := range []string{"来文的一页", "工作秘密 陈志远 3101", "收〔2026〕12号 2026-11-26 09:30"} {
			if !strings.Contains(page, want) {
				t.Errorf("一页上没有“%s”：%s", want, page)
			}
		}
	}
	if len(text) != 2 {
		t.Errorf("原来两页，打了水印是 %d 页", len(text))
	}
}

func Test_加锁和损坏的文件打不上水印就不给(t *testing.T) { // SEC-38
	var locked bytes.Buffer
	conf := model.NewAESConfiguration("开", "管", 256)
	if err := api.Encrypt(bytes.NewReader(scanned(t)), &locked, conf); err != nil {
		t.Fatal(err)
	}
	for name, raw := range map[string][]byte{"加了密码": locked.Bytes(), "损坏": scanned(t)[:300], "不是图片": []byte("GIF89a")} {
		for _, mime := range []string{"application/pdf", "image/png", "text/plain"} {
			if out, err := watermark.Stamp(bytes.NewReader(raw), mime, lines); !errors.Is(err, watermark.ErrUnmarked) || out != nil {
				t.Errorf("%s的当作 %s 给出了 %d 字节：%v", name, mime, len(out), err)
			}
		}
	}
}

func Test_图片打上水印_仍是原来那张(t *testing.T) { // SEC-38
	white := image.NewRGBA(image.Rect(0, 0, 1240, 1754))
	for i := range white.Pix {
		white.Pix[i] = 255
	}
	var first bytes.Buffer
	if err := png.Encode(&first, white); err != nil {
		t.Fatal(err)
	}
	made, err := watermark.Stamp(bytes.NewReader(first.Bytes()), "image/png", lines)
	if err != nil {
		t.Fatal(err)
	}
	got, err := png.Decode(bytes.NewReader(made))
	if err != nil {
		t.Fatal(err)
	}
	if name := os.Getenv("SEC38_OUT"); name != "" {
		_ = os.WriteFile(name+".png", made, 0o600)
	}
	// Every quarter of the picture bears it, and most of the picture stays as it was.
	b, inked := got.Bounds(), [4]int{}
	for y := range b.Dy() {
		for x := range b.Dx() {
			if color.GrayModel.Convert(got.At(x, y)).(color.Gray).Y < 230 {
				inked[y*2/b.Dy()*2+x*2/b.Dx()]++
			}
		}
	}
	for i, n := range inked {
		if n < 1000 || n > b.Dx()*b.Dy()/4/10 {
			t.Errorf("第 %d 块有 %d 点水印", i+1, n)
		}
	}
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, white, nil); err != nil {
		t.Fatal(err)
	}
	exif := append([]byte{0xFF, 0xE1, 0, 12}, "Exif\x00\x00note"...)
	noted := append(append(append([]byte{}, photo.Bytes()[:2]...), exif...), photo.Bytes()[2:]...)
	made, err = watermark.Stamp(bytes.NewReader(noted), "image/jpeg", lines)
	if err != nil || !bytes.Contains(made[:40], exif) {
		t.Errorf("照片的方向丢了：%v", err)
	}
}
