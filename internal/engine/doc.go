// Package engine 办理引擎 runs the office's procedures: it takes a matter in, hands it to the right person, watches the
// clock, records who did what and lets the result be filed.
//
// It manages procedures (definitions read from text and proved before they run), matters, tasks and clocks. It knows no
// business: what is special to one is offered to definitions as named effects and checks by the office rooms, and what
// an office has in common (people, rules, journal, search) lives in the record packages below it.
//
// There is one door: Create and Do. Whatever changes a matter goes through act, which loads the matter and its
// procedure, decides purely (every reason why not, each with its clause, or the case to carry out), lets effects act,
// places the matter and its tasks, and writes matter, tasks, journal entry and notices in one transaction; others are
// told after the commit. Invariants: an open matter always has an open task or stands still by decision; a version is
// written once; a number is given once; a matter keeps the version of the procedure it began with; who may not see a
// matter cannot find it.
package engine
