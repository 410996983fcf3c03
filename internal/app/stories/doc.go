// Package stories holds the office's manual as tests: what happens to a document from first to last, and what happens
// when something goes wrong, told by the people who do it. It has no code of its own.
package stories
