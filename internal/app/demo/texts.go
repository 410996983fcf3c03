package demo

import "embed"

// texts are the bodies of the week's documents, one paragraph a line.
//
//go:embed texts/*.txt
var texts embed.FS

func text(name string) string {
	raw, err := texts.ReadFile("texts/" + name + ".txt")
	if err != nil {
		panic(err) // the texts are part of the program
	}
	return string(raw)
}
