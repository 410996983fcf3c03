package file_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/file"
)

// packed makes a zip file; of a part whose content is "炸弹" it makes 200 MB of nothing.
func packed(t *testing.T, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if parts[i+1] == "炸弹" {
			_, err = io.CopyN(w, zeros{}, 200<<20)
		} else {
			_, err = io.WriteString(w, parts[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

const (
	types = "[Content_Types].xml"
	word  = "word/document.xml"
	text  = "<w:document xmlns:w='w'><w:p><w:r><w:t>通知</w:t></w:r></w:p></w:document>"
	ole   = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
)

func Test改头换面的程序和压缩炸弹不收(t *testing.T) {
	o := apptest.Open(t)
	clerk := o.Directory().ByUsername("3102")
	put := func(name string, data []byte) (*file.File, error) {
		return o.Files.Put(t.Context(), o.DB, clerk.Agency, clerk.ID, name, bytes.NewReader(data))
	}
	for name, c := range map[string]struct {
		data []byte
		why  string
	}{
		"通知.pdf":      {[]byte("MZ\x90\x00\x03\x00\x00\x00"), "不符"},
		"通知.docx":     {[]byte("\x7fELF\x02\x01\x01\x00"), ""},
		"图片.jpg":      {[]byte("<html><script>alert(1)</script>"), "不符"},
		"图片.png":      {[]byte("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"), "不符"},
		"程序.exe":      {[]byte("MZ\x90\x00"), "不收"},
		"网页.html":     {[]byte("<html>"), "不收"},
		"通知.pdf.exe":  {[]byte("%PDF-1.4"), "不收"},
		"没有扩展名":       {[]byte("%PDF-1.4"), "不收"},
		"压缩包.docx":    {packed(t, "a.txt", "x"), "不符"},
		"换了名的.xlsx":   {packed(t, types, "x", word, text), "不符"},
		"包.ofd":       {packed(t, "META-INF/MANIFEST.MF", "x"), ""},
		"夹带.docx":     {packed(t, types, "x", word, text, "word/embeddings/a.EXE", "MZ"), "夹带程序“a.EXE”"},
		"宏.docx":      {packed(t, types, "x", word, text, "word/vbaProject.bin", "x"), "有宏"},
		"穿越.docx":     {packed(t, types, "x", word, text, "../../etc/cron.d/x", "x"), "以外"},
		"炸弹.docx":     {packed(t, types, "x", word, text, "word/media/a.bin", "炸弹"), "大得不合常理"},
		"断了的.docx":    {packed(t, types, "x", word, text)[:60], ""},
		"空的.txt":      {nil, "空的"},
		"涉密.txt":      {[]byte("机密★5年"), "国家秘密标志"},
		"涉密.docx":     {packed(t, types, "x", word, strings.Replace(text, "通知", "机密★5年", 1)), "国家秘密标志"},
		"邮件包.doc":     {mailbag(), "邮件包"},
		"旧版但不是的.xls":  {[]byte("<html><table>"), "不符"},
		"名字反着写\u202e": {[]byte("%PDF-1.4"), "不收"},
	} {
		if _, err := put(name, c.data); errs.KindOf(err) != errs.Refused || !strings.Contains(err.Error(), c.why) {
			t.Errorf("%q 应因“%s”不收，却是：%v", name, c.why, err)
		}
	}
	for name, c := range map[string]struct {
		data []byte
		kept string
	}{
		"../../etc/通知.txt":                {[]byte("通知"), "通知.txt"},
		`C:\机关\通知.txt`:                    {[]byte("通知"), "通知.txt"},
		"a<b>\"|?*.txt":                   {[]byte("通知"), "ab.txt"},
		"通知\u202etxt.txt":                 {[]byte("通知"), "通知txt.txt"},
		"换\r\n行.txt":                      {[]byte("通知"), "换行.txt"},
		strings.Repeat("长", 300) + ".txt": {[]byte("通知"), strings.Repeat("长", 116) + ".txt"},
		"好的.docx":                         {packed(t, types, "x", word, text), "好的.docx"},
		"版式.ofd":                          {packed(t, "OFD.xml", "<OFD/>"), "版式.ofd"},
	} {
		f, err := put(name, c.data)
		if err != nil || f.Name != c.kept {
			t.Errorf("%q 应收为 %q：%v，%v", name, c.kept, f, err)
		}
	}
	left := 0 // 拒收的一个字节也不留下
	err := filepath.WalkDir(o.Files.Dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			left++
		}
		return err
	})
	if err != nil || left != 3 { // 内容相同的只存一份
		t.Errorf("附件库里有 %d 个文件，应是 3 个：%v", left, err)
	}
}

// mailbag is the beginning of a mail saved by Outlook: the old Office container under the class of mail.
func mailbag() []byte {
	b := make([]byte, 2048)
	copy(b, ole)
	b[26], b[28], b[29], b[30], b[32] = 3, 0xFE, 0xFF, 9, 6
	copy(b[512+80:], "\x0B\x0D\x02\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46")
	return b
}

func Test超过大小的文件不收(t *testing.T) {
	o := apptest.Open(t)
	clerk := o.Directory().ByUsername("3102")
	_, err := o.Files.Put(t.Context(), o.DB, clerk.Agency, clerk.ID, "大.txt", io.LimitReader(zeros{}, file.MaxSize+1))
	if errs.KindOf(err) != errs.Refused || !strings.Contains(err.Error(), "100 MB") {
		t.Errorf("应说超过 100 MB：%v", err)
	}
}
