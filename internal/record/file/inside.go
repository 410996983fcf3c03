package file

import (
	"archive/zip"
	"path"
	"slices"
	"strings"

	"github.com/gabriel-vasile/mimetype"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// What a file is goes by what is inside it, not by its name (GB/T 22239-2019 8.1.4.4, 8.1.4.5). These are the bounds of a
// package: an office document beyond them is none, or is made to fill the reader's disk.
const (
	mostUnpacked = 1 << 30
	mostRatio    = 200
	freeUnpacked = 50 << 20 // below this the ratio does not matter: empty tables pack well
	mostParts    = 20_000
)

// packages are the document formats that are zip files, with the part without which they are something else renamed.
var packages = map[string]string{".docx": "word/", ".xlsx": "xl/", ".pptx": "ppt/", ".ofd": "OFD.xml"}

// never are kinds of bytes that hide under the kinds we take: installers and mail in the old Office container.
var never = []string{"application/x-ms-installer", "application/vnd.ms-outlook", "application/java-archive", "application/vnd.android.package-archive"}

// programs are parts that run. A document has no need of them.
var programs = []string{".exe", ".dll", ".com", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jse", ".wsf", ".hta", ".jar", ".msi", ".lnk", ".elf", ".so", ".sh"}

// harmful looks inside a file that claims to be of an extension and says what speaks against it.
func harmful(ext, file string, found *mimetype.MIME) []errs.Reason {
	if slices.ContainsFunc(never, found.Is) {
		return []errs.Reason{{Text: "文件内容是程序或邮件包，改过扩展名，不能上传"}}
	}
	if mark, isPackage := packages[ext]; isPackage {
		return harmfulPackage(ext, mark, file)
	}
	return nil
}

func harmfulPackage(ext, mark, file string) []errs.Reason {
	z, err := zip.OpenReader(file)
	if err != nil {
		return []errs.Reason{{Text: "文件已损坏，打不开，请用原文件"}}
	}
	defer z.Close()
	var reasons []errs.Reason
	say := func(text string) {
		if !slices.ContainsFunc(reasons, func(r errs.Reason) bool { return r.Text == text }) {
			reasons = append(reasons, errs.Reason{Text: text})
		}
	}
	var packed, unpacked uint64
	marked := false
	for _, f := range z.File {
		name := strings.ReplaceAll(f.Name, `\`, "/")
		packed, unpacked = packed+f.CompressedSize64, unpacked+min(f.UncompressedSize64, mostUnpacked+1)
		marked = marked || strings.HasPrefix(strings.TrimPrefix(name, "/"), mark)
		if slices.Contains(strings.Split(name, "/"), "..") {
			say("文件里的部件想写到文件以外去，不能上传")
		}
		if slices.Contains(programs, strings.ToLower(path.Ext(name))) {
			say("文件里夹带程序“" + path.Base(name) + "”，不能上传")
		}
		if strings.EqualFold(path.Base(name), "vbaProject.bin") {
			say("文件里有宏，请另存为不含宏的文档再上传")
		}
	}
	if !marked {
		say("文件内容与“" + ext + "”类型不符，可能改过扩展名，请用原文件")
	}
	if len(z.File) > mostParts || unpacked > mostUnpacked || unpacked > freeUnpacked && unpacked/max(packed, 1) > mostRatio {
		say("文件展开后大得不合常理，不能上传")
	}
	return reasons
}
