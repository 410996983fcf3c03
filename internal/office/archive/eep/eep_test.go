package eep

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the golden package anew")

const golden = "testdata/package.xml"

func text(s string) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(s)), nil }
}

// sample is a letter of an invented office, with two files.
func sample() *Package {
	at := time.Date(2026, 11, 18, 9, 30, 0, 0, time.FixedZone("", 8*3600))
	body := strings.Repeat("各乡镇人民政府：请做好除雪准备。", 8)
	return &Package{
		Type: Original, Note: "首次封装", Created: at, Unit: "临溪县人民政府办公室",
		Record: Record{
			Level: "文件", FondsName: "临溪县人民政府", Filer: "临溪县人民政府", ID: "7211", Code: Code{"L002", "2026", "D10", "BGS", "WS", "0001"},
			Content: Content{
				Title: "关于借用<除雪>设备的函 & 附件", Number: "临政办函〔2026〕3号", Responsible: "临溪县人民政府办公室", Date: "2026-11-18",
				Kind: "函", To: "清禾县人民政府办公室", Secrecy: "无",
			},
			Form: Form{Composition: "组合文件", Pieces: 2, Pages: 1, Language: "汉语", Draft: "正本"}, Place: "本机关办公系统",
			Access: Access{"文书、主任", "查看", "公开"},
			Documents: []Document{
				{ID: "11", Main: true, Title: "印发件", Format: "text/plain", Name: "印发件.txt", Size: int64(len(body)), Open: text(body)},
				{ID: "12", Title: "附件", Format: "text/plain", Name: "附件.txt", Size: 6, Open: text("附件")},
			},
		},
		Acts: []Act{
			{"历史行为", "签发", at, "DOC-OUT-09 签发人签署意见", "贺庭山（主任）：同意"},
			{"历史行为", "办结", at.Add(time.Hour), "", "古素华（档案员）"},
		},
		Agents: []Agent{{"单位", "临溪县人民政府", "L002", ""}, {"个人", "贺庭山", "", "主任"}},
	}
}

func write(t *testing.T, p *Package) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := p.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func Test封装包的样本逐字节不变(t *testing.T) { // ARCH-28
	got := write(t, sample())
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("封装包与样本不同，核对后用 -update 重写：%v", err)
	}
}

func Test封装包读回来和放进去的一样(t *testing.T) { // ARCH-28
	c, err := Read(bytes.NewReader(write(t, sample())))
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Lacking) > 0 || c.Type != Original || c.Acts != 2 || c.Agents != 2 || len(c.Documents) != 2 {
		t.Fatalf("读回%+v", c)
	}
	if c.Record["题名"] != "关于借用<除雪>设备的函 & 附件" || c.Record["室编件号"] != "0001" {
		t.Errorf("读回的著录是%v", c.Record)
	}
	d := c.Documents[0]
	if d.ID != "11" || d.Size != d.Stated || d.Name != "印发件.txt" || len(d.Digest) != 64 {
		t.Errorf("读回的文档是%+v", d)
	}
	same, err := Read(bytes.NewReader(write(t, sample())))
	if err != nil || same.Documents[0].Digest != d.Digest || same.Documents[1].Digest == d.Digest {
		t.Errorf("两个文档的摘要不对：%v %+v", err, same)
	}
}

func Test缺的著录项一次列出(t *testing.T) { // ARCH-36
	p := sample()
	p.Record.Content.Title, p.Record.Content.Responsible, p.Record.Code.Item, p.Acts, p.Record.Documents[1].Name = "", "", "", nil, ""
	c, err := Read(bytes.NewReader(write(t, p)))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"题名", "责任者", "室编件号", "业务实体", "计算机文件名"} {
		if !slices.Contains(c.Lacking, name) {
			t.Errorf("没有说缺%s：%v", name, c.Lacking)
		}
	}
}

func Test坏了的封装包读不出来(t *testing.T) { // ARCH-36
	whole := write(t, sample())
	at := bytes.Index(whole, []byte(opening)) + len(opening)
	for name, broken := range map[string][]byte{
		"截断":       whole[:len(whole)/2],
		"在文件中间截断":  whole[:at+20],
		"不是XML":    []byte("PK\x03\x04"),
		"是别的XML":   []byte(`<a xmlns="` + Namespace + `"/>`),
		"没有名字空间":   bytes.Replace(whole, []byte(Namespace), []byte("urn:x"), 1),
		"编码不是base": slices.Concat(whole[:at], []byte("*"), whole[at+1:]),
		"空的":       nil,
	} {
		if c, err := Read(bytes.NewReader(broken)); err == nil {
			t.Errorf("%s的也读出来了：%+v", name, c)
		}
	}
	changed := slices.Clone(whole)
	changed[at+4] ^= 'A' ^ 'B'
	c, err := Read(bytes.NewReader(changed))
	before, err2 := Read(bytes.NewReader(whole))
	if errors.Join(err, err2) != nil || c.Documents[0].Digest == before.Documents[0].Digest {
		t.Errorf("改了一个字符，摘要还一样：%v", errors.Join(err, err2))
	}
}

func Test文件大小与登记不符的不封装(t *testing.T) { // ARCH-28
	p := sample()
	p.Record.Documents[0].Size++
	if err := p.Write(io.Discard); err == nil || !strings.Contains(err.Error(), "印发件.txt") {
		t.Errorf("大小不符也封装了：%v", err)
	}
}

type endless struct{ left int64 }

func (e *endless) Read(p []byte) (int, error) {
	n := int(min(int64(len(p)), e.left))
	if n == 0 {
		return 0, io.EOF
	}
	clear(p[:n])
	e.left -= int64(n)
	return n, nil
}

func (e *endless) Close() error { return nil }

// A large file passes through: writing and reading it side by side holds a few buffers, not the file.
func Test大附件边读边写不占内存(t *testing.T) { // ARCH-28
	const size = 64 << 20
	p := sample()
	p.Record.Documents = []Document{{ID: "1", Main: true, Title: "录像", Format: "application/pdf", Name: "大.pdf", Size: size, Open: func() (io.ReadCloser, error) { return &endless{size}, nil }}}
	r, w := io.Pipe()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	go func() { w.CloseWithError(p.Write(w)) }()
	c, err := Read(r)
	runtime.ReadMemStats(&after)
	if err != nil || c.Documents[0].Size != size {
		t.Fatalf("%v %+v", err, c)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 8<<20 {
		t.Errorf("64MB 的附件一共用了 %d MB 内存", used>>20)
	}
}
