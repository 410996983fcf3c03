package file

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
)

// Locked tells whether a file needs a password to be read: a part of a zip package is enciphered, or a PDF has a dictionary
// for it (GB/T 32010.1, 7.6). Of other types it cannot be told.
func Locked(in interface {
	io.ReaderAt
	io.Reader
}, f *File,
) (bool, error) {
	if f.Mime == "application/pdf" {
		return holds(in, "/Encrypt")
	}
	if !strings.Contains(f.Mime, "openxmlformats") && f.Mime != "application/ofd" {
		return false, nil
	}
	z, err := zip.NewReader(in, f.Size)
	if err != nil {
		return false, nil //nolint:nilerr // damaged, which is another matter
	}
	for _, part := range z.File {
		if part.Flags&1 != 0 {
			return true, nil
		}
	}
	return false, nil
}

// holds tells whether a word stands in a stream, however long.
func holds(r io.Reader, word string) (bool, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	for {
		ahead, err := in.Peek(in.Size())
		if bytes.Contains(ahead, []byte(word)) {
			return true, nil
		}
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if _, err := in.Discard(len(ahead) - len(word)); err != nil {
			return false, err
		}
	}
}
