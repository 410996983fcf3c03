// Package lint 公文核校 checks an official document before it is signed and issued.
//
// It manages the rules of the check: what each looks for, how grave a breach is, on which standard or
// practice it rests, and which correction is certain. It does not typeset (package layout), does not decide
// whether a document may go out (the product does, and lets a reviewer overrule with a reason), and never
// guesses: names, ranks and fixed phrases that an office maintains come in through Options.Office, the
// position of things on paper through Options.Geometry, the traces of a file through Options.Source.
//
// Invariants: a false alarm is worse than a miss, so a rule that lacks a fact stays silent; a Fix never
// changes the meaning; the same document gives the same findings in the same order; any document gives a
// result, never a panic.
//
// The rules stand in tables, one file per topic. A row is the identifier, severity, kind of evidence, the
// sentence shown to the user, the basis and the finder: a list of words, a pattern, or a function.
package lint
