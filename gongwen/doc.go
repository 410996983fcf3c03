// Package gongwen is the model of an official document 公文 of Chinese Party and government organs, and
// the plain-text form in which a clerk can type one.
//
// It manages what a document says: its elements (条例 art. 9), its body with the four levels of numbering, its
// attachments. It does not manage where things stand on paper (package layout), what they look like in a
// file (packages draw, pdf, svg, ofd, docx, render), whether they are right (package lint), or who may issue them.
//
// Invariant: a Document keeps every element as it was written, also a wrong one, so that a checker can
// name the mistake; and Parse(Format(d)) equals d for every normalised document.
package gongwen
