package main

import (
	"fmt"
	"io"
	"os"

	"github.com/chengqi-oa/chengqi/gongwen/source"
)

// mostSource is as large as a file of text or words may be.
const mostSource = 256 << 20

// readSource reads a document from a file, or from standard input for “-”.
func readSource(name string) (*source.File, error) {
	in := os.Stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("打不开%s", name)
		}
		defer f.Close()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, mostSource+1))
	if err != nil {
		return nil, fmt.Errorf("读不出%s：%w", name, err)
	}
	if len(data) > mostSource {
		return nil, fmt.Errorf("%s过大", name)
	}
	s, err := source.Read(data)
	if err != nil {
		return nil, fmt.Errorf("%s：%w", name, err)
	}
	return s, nil
}
