package app_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// docs/security.md promises much; what it names must be there.

func testNames(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	err := filepath.WalkDir(root, func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if d != nil && d.Name() == "node_modules" {
				return filepath.SkipDir
			}
			return err
		}
		if !strings.HasSuffix(p, "_test.go") {
			return nil
		}
		text, err := os.ReadFile(p)
		for _, m := range regexp.MustCompile(`(?m)^func (Test\S+?)\(t \*testing\.T\)`).FindAllSubmatch(text, -1) {
			names[string(m[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func Test_安全说明里提到的文件和试验都在(t *testing.T) {
	page, tests := document(t, "docs/security.md"), testNames(t)
	named := 0
	for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(page, -1) {
		name := m[1]
		switch {
		case strings.HasPrefix(name, "Test"):
			if !tests[name] {
				t.Errorf("没有试验 %s", name)
			}
		case strings.HasPrefix(name, "--"), strings.HasPrefix(name, "make "):
			continue
		default:
			if _, err := os.Stat(filepath.Join(root, name)); err != nil {
				t.Errorf("没有文件 %s", name)
			}
		}
		named++
	}
	if named < 50 {
		t.Errorf("只提到 %d 个文件和试验", named)
	}
}

// The eleven controls of GB/T 22239-2019 8.1.4, each answered by something in the tree or by whom it is left to.
func Test_等级保护三级的应用项逐条有着落(t *testing.T) { // OA-04
	page := document(t, "docs/security.md")
	for number, name := range map[string]string{
		"8.1.4.1": "身份鉴别", "8.1.4.2": "访问控制", "8.1.4.3": "安全审计", "8.1.4.4": "入侵防范", "8.1.4.5": "恶意代码防范", "8.1.4.6": "可信验证",
		"8.1.4.7": "数据完整性", "8.1.4.8": "数据保密性", "8.1.4.9": "数据备份恢复", "8.1.4.10": "剩余信息保护", "8.1.4.11": "个人信息保护",
	} {
		if !strings.Contains(page, "| "+number+" "+name) {
			t.Errorf("没有 %s %s", number, name)
		}
	}
	for _, m := range regexp.MustCompile(`(?m)^\| (8\.1\.4\.\S+ \S+[^|]*) \|([^|]*)\|(.*)\|$`).FindAllStringSubmatch(page, -1) {
		if held := m[3]; !strings.Contains(held, "`") && !strings.Contains(held, "由部署单位") {
			t.Errorf("%s没有写由什么保证", m[1])
		}
	}
}
